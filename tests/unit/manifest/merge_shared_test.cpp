// SPDX-License-Identifier: GPL-3.0-or-later
// Two manifests with parts of one log: what both have is one, and a node with two hashes is named.
#include "albs/manifest/merge_shared.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"
#include "albs/manifest/tree_nodes.hpp"
#include "base/bytes.hpp"
#include "unit/manifest/small_tree.hpp"

using namespace albs;
using manifest_test::SmallTree;

namespace {

LedgerRecord ledger_for(const SmallTree& tree, std::uint64_t index)
{
    TreeNodes nodes;
    const NodeSource source = tree.source();
    REQUIRE(make_inclusion_proof(index, tree.size, nodes.filled_from(source)));
    return {.id = "log.example.org", .profile = "rekor", .statement_keys = {}, .nodes = nodes.runs()};
}

Notarization shared(std::vector<JsonText> checkpoints)
{
    return Notarization{.id = "log.example.org#0", .about = "a", .kind = "file", .subject = sha256("a").hex(),
                        .log = "log.example.org", .index = 0, .checkpoints = std::move(checkpoints),
                        .signer = "0123456789ab", .statement = Json::object({{"_type", "x"}}), .signature = "AAAA"};
}

} // namespace

TEST_CASE("merging: nodes and keys of one log come together, and what is there stays as it is")
{
    const SmallTree tree(100);
    LedgerRecord first = ledger_for(tree, 3);
    LedgerRecord second = ledger_for(tree, 98);
    first.statement_keys = {{.id = "aa", .key = "AAAA"}};
    second.statement_keys = {{.id = "bb", .key = "BBBB"}, {.id = "aa", .key = "AAAA"}};
    Manifest manifest;
    REQUIRE(manifest.add(first));
    std::string before = write_json(manifest.json().find("ledgers")->elements()->front().find("nodes")->elements()->front());
    REQUIRE(manifest.add(second));
    REQUIRE(manifest.ledgers().size() == 1);
    const LedgerRecord& both = manifest.ledgers().front();
    CHECK(both.statement_keys.size() == 2);
    CHECK(write_json(manifest.json().find("ledgers")->elements()->front().find("nodes")->elements()->front()) == before);
    TreeNodes nodes = *TreeNodes::of(both);
    for (std::uint64_t index : {3U, 98U})
        CHECK(*make_inclusion_proof(index, 100, nodes.source()) == *make_inclusion_proof(index, 100, tree.source()));
    Digest digest = manifest.digest();
    REQUIRE(manifest.add(first));
    REQUIRE(manifest.add(second));
    CHECK(manifest.digest() == digest);
}

TEST_CASE("merging: a node with two hashes is named, also where it follows from others")
{
    const SmallTree tree(100);
    LedgerRecord bad = ledger_for(tree, 3);
    NodeRun& run = bad.nodes.front();
    run.hashes.front() = to_base64(sha256("forged").bytes());
    Manifest manifest;
    REQUIRE(manifest.add(ledger_for(tree, 3)));
    Status added = manifest.add(bad);
    REQUIRE(!added);
    CHECK(added.error().kind == Kind::trust);
    CHECK(added.error().message.find(
              "two records of ledgers 'log.example.org' contradict each other in 'nodes': node 0/2 is ") == 0);

    // 1/0 is listed in one; the other lists its children, one of them false.
    LedgerRecord parent{.id = "log.example.org", .profile = "rekor", .statement_keys = {}, .nodes = {}};
    parent.nodes = {{.level = 1, .index = 0, .hashes = {to_base64((*tree.source()({1, 0})).bytes())}}};
    LedgerRecord children = parent;
    children.nodes = {{.level = 0, .index = 0,
                       .hashes = {to_base64((*tree.source()({0, 0})).bytes()), to_base64(sha256("forged").bytes())}}};
    Manifest other;
    REQUIRE(other.add(parent));
    Status follows = other.add(children);
    REQUIRE(!follows);
    CHECK(follows.error().message.find("node 1/0 is ") != std::string::npos);
    parent.profile = "raw";
    CHECK_FALSE(other.add(parent));
}

TEST_CASE("merging: a notarization has the checkpoints of both, and what only one of them has")
{
    Manifest manifest;
    REQUIRE(manifest.add(shared({"one", "two"})));
    REQUIRE(manifest.add(shared({"three", "two"})));
    REQUIRE(manifest.notarizations().size() == 1);
    CHECK(manifest.notarizations()[0].checkpoints == std::vector<JsonText>{"one", "two", "three"});
    Notarization complete = shared({});
    complete.signer = complete.signature = {};
    complete.statement = {};
    complete.entry = "AAAA";
    complete.proof = "a proof";
    complete.envelope = Json::object({{"payload", ""}});
    REQUIRE(manifest.add(complete));
    REQUIRE(manifest.notarizations().size() == 1);
    CHECK(manifest.notarizations()[0].proof == "a proof");
    CHECK(manifest.notarizations()[0].signer == "0123456789ab");
    Notarization other = shared({"one"});
    other.statement = Json::object({{"_type", "y"}});
    Status changed = manifest.add(other);
    REQUIRE(!changed);
    CHECK(changed.error().message.find("contradict each other in 'statement._type'") != std::string::npos);
}

TEST_CASE("merging: one statement besides different forms is one statement")
{
    const Json statement = *read_json(R"({"_type":"x","a":{"b":1,"c":2},"d":3})");
    const FormRecord first = form_record(*read_json(R"({"_type":"x","a":null})"));
    const FormRecord second = form_record(*read_json(R"({"_type":null,"a":{"b":1,"c":null},"d":3})"));
    auto manifest_with = [&](const FormRecord* form, const Json& said, bool has_form = true) {
        Manifest manifest;
        Notarization one = shared({});
        one.statement = said;
        if (form != nullptr) {
            one.form = form->id;
            one.statement = *besides_form(form->statement, said);
            if (has_form)
                REQUIRE(manifest.add(*form));
        }
        REQUIRE(manifest.add(one));
        return manifest;
    };
    auto said = [](const Manifest& manifest) {
        REQUIRE(manifest.notarizations().size() == 1);
        return write_json(manifest.statement_of(manifest.notarizations()[0]));
    };
    for (const FormRecord* one : {&first, &second, static_cast<const FormRecord*>(nullptr)})
        for (const FormRecord* other : {&first, &second, static_cast<const FormRecord*>(nullptr)}) {
            Manifest both = manifest_with(one, statement);
            REQUIRE(both.merge(manifest_with(other, statement)));
            CHECK(said(both) == write_json(statement));
            CHECK(Manifest::parse(both.text())->digest() == both.digest());
            // What lacks its form is made whole by what has one.
            Manifest lacking = manifest_with(one, statement, false);
            REQUIRE(lacking.merge(manifest_with(other, statement)));
            CHECK(said(lacking) == write_json(statement));
            Manifest has_it = manifest_with(one, statement);
            REQUIRE(has_it.merge(manifest_with(other, statement, false)));
            CHECK(said(has_it) == write_json(statement));
            // Another statement.
            Json changed = statement;
            changed.set("d", 4);
            Status contradicts = manifest_with(one, statement).merge(manifest_with(other, changed));
            REQUIRE(!contradicts);
            CHECK(contradicts.error().kind == Kind::trust);
            CHECK(contradicts.error().message.find(
                      "two records of notarizations 'log.example.org#0' contradict each other in 'statement.d'") == 0);
        }
}
