// SPDX-License-Identifier: GPL-3.0-or-later
// What a policy says beyond its logs and its quorum: old cosignatures, keys of statements, keys that nobody knows.
#include <doctest/doctest.h>

#include "albs/log/merkle.hpp"
#include "albs/log/policy.hpp"
#include "base/bytes.hpp"
#include "unit/log/cosign.hpp"

using namespace albs;

namespace {

constexpr Seconds noon = 1700000000;

PrivateKey key_of(std::uint8_t number)
{
    return *PrivateKey::from_ed25519_seed(Bytes(32, number));
}

std::string log_line()
{
    return "log " + Vkey::make("log.example.org", NoteKeyType::ed25519, key_of(1).public_key())->text() + "\n";
}

std::string witness_line(std::uint8_t number)
{
    std::string name = "w" + std::to_string(number);
    return "witness " + name + " " +
           Vkey::make(name + ".example", NoteKeyType::cosignature, key_of(number).public_key())->text() + "\n";
}

/// A key of ML-DSA-44, as far as its form goes.
std::string foreign_vkey(const std::string& name, std::uint8_t type = 6)
{
    Bytes key(1313, std::uint8_t{7});
    key.front() = type;
    return name + "+01234567+" + to_base64(key);
}

Note note_with(std::initializer_list<std::pair<std::uint8_t, Seconds>> witnesses)
{
    Checkpoint checkpoint{.origin = "log.example.org", .size = 1, .root = leaf_hash("x")};
    Note note{.text = checkpoint.text(), .signatures = {*sign_note(checkpoint.text(), checkpoint.origin, key_of(1))}};
    for (const auto& [number, time] : witnesses)
        note.signatures.push_back(log_test::cosign(note.text, "w" + std::to_string(number) + ".example", key_of(number),
                                                   static_cast<std::uint64_t>(time)));
    return note;
}

const std::string both = log_line() + witness_line(11) + witness_line(12) + "group both 2 w11 w12\nquorum both\n";
const std::string digest(64, 'a');

} // namespace

TEST_CASE("policy: a false signature beside a good one, and a key that signs for another log")
{
    Policy policy = *Policy::parse(log_line() + "quorum none\n");
    Note note = note_with({});
    CHECK(policy.open(note.bytes()));
    note.signatures.push_back(note.signatures.front());
    note.signatures.back().bytes[5] ^= 1;
    CHECK(policy.open(note.bytes()).error().kind == Kind::trust);
    note.signatures.erase(note.signatures.begin());
    CHECK(policy.open(note.bytes()).error().kind == Kind::trust);
    Checkpoint other{.origin = "other.example.org", .size = 1, .root = leaf_hash("x")};
    Note wrong{.text = other.text(), .signatures = {*sign_note(other.text(), "log.example.org", key_of(1))}};
    CHECK_FALSE(policy.open(wrong.bytes()));
}

TEST_CASE("policy: a cosignature counts while it is young enough, whoever made it")
{
    Policy policy = *Policy::parse("#albs: max-age 7d\n" + both);
    Note note = note_with({{11, noon}, {12, noon - 100}});
    CHECK(policy.shortfall(note, noon).empty());
    CHECK(policy.shortfall(note, noon - 100 + 7 * 86400).empty());
    CHECK(policy.shortfall(note, noon - 99 + 7 * 86400).find("max-age 7d") != std::string::npos);
    // Clocks differ a little; a time of tomorrow would be young for ever.
    CHECK(policy.shortfall(note, noon - 600).empty());
    CHECK_FALSE(policy.shortfall(note, noon - 601).empty());
    CHECK(policy.has_quorum(note));
    // Too old is nothing that anybody falsified.
    CHECK(policy.open(note.bytes()).error().kind == Kind::input);
    CHECK(policy.shortfall(note_with({{11, noon}}), noon).find("too few witnesses") != std::string::npos);
    CHECK(Policy::parse(both)->shortfall(note, noon + 1000000000).empty());
    // A false one is.
    note.signatures.back().bytes.back() ^= 1;
    CHECK(policy.check_known(note).error().kind == Kind::trust);
    CHECK(policy.open(note.bytes()).error().kind == Kind::trust);
}

TEST_CASE("policy: statements of a kind by keys that are accepted for it")
{
    Policy any = *Policy::parse(both);
    CHECK(any.accepts_statement(digest, "build"));
    Policy policy = *Policy::parse(both + "# albs : statement-key " + digest + " build,test\n#albs: statement-key " +
                                   std::string(64, 'b') + " all\n");
    CHECK(policy.accepts_statement(digest, "build"));
    CHECK(policy.accepts_statement(digest, "test"));
    CHECK_FALSE(policy.accepts_statement(digest, "signature"));
    CHECK_FALSE(policy.accepts_statement(digest, ""));
    CHECK(policy.accepts_statement(std::string(64, 'b'), "signature"));
    CHECK_FALSE(policy.accepts_statement(std::string(64, 'c'), "build"));
}

TEST_CASE("policy: lines of ours that are not understood are no comments")
{
    for (const char* bad :
         {"#albs: max-ages 7d\n", "#albs:\n", "# ALBS: max-age\n", "#albs: max-age 0\n", "#albs: max-age soon\n",
          "#albs: max-age 1d\n#albs: max-age 2d\n", "#albs: without-quorum perhaps\n",
          "#albs: statement-key ab build\n", "#albs: without-quorum stop\n\t# albs\t:without-quorum stop\n",
          "log x\r\n", "# a bell\a\n"})
        CHECK_MESSAGE(Policy::parse(both + bad).error().kind == Kind::input, bad);
    CHECK_FALSE(Policy::parse(both + "#albs: statement-key " + digest + " builds\n"));
    CHECK(Policy::parse(both + "# albs-notarize reads this: well\n#albs\n# of albs: nothing\n"));
    CHECK_FALSE(Policy::parse(both)->may_go_on());
    CHECK_FALSE(Policy::parse(both + "#albs: without-quorum stop\n")->may_go_on());
    CHECK(Policy::parse(both + "#albs: without-quorum continue\n")->may_go_on());
}

TEST_CASE("policy: a key of a kind that is not known here counts for nothing")
{
    const std::string foreign = "witness pq " + foreign_vkey("pq.example") + "\n";
    const std::string known = log_line() + foreign + witness_line(11) + witness_line(12);
    auto two = Policy::parse(known + "group most 2 pq w11 w12\nquorum most\n");
    REQUIRE_MESSAGE(two, two.error().message);
    CHECK(two->has_quorum(note_with({{11, noon}, {12, noon}})));
    CHECK_FALSE(two->has_quorum(note_with({{11, noon}})));
    CHECK(two->witnesses().size() == 2);
    CHECK(two->sigsum_text().find("pq") == std::string::npos);
    CHECK(two->sigsum_text().find("group most 2 w11 w12\n") != std::string::npos);
    for (const char* needs_it :
         {"group all all pq w11 w12\nquorum all\n", "quorum pq\n", "group g any pq\ngroup h 2 g w11\nquorum h\n"}) {
        auto policy = Policy::parse(known + needs_it);
        CHECK_MESSAGE(policy.error().kind == Kind::input, needs_it);
        CHECK(policy.error().message.find("without 'pq'") != std::string::npos);
    }
    // A log likewise, beside one that is known.
    CHECK(Policy::parse("log " + foreign_vkey("pq.log") + "\n" + both));
    CHECK_FALSE(Policy::parse("log " + foreign_vkey("pq.log") + "\nquorum none\n"));
    // Twice the same key is twice the same key; and what is malformed is not of another kind.
    CHECK_FALSE(Policy::parse(known + "witness again " + foreign_vkey("x.example") + "\nquorum w11\n"));
    CHECK_FALSE(Policy::parse(both + "witness bad " + foreign_vkey("x.example", 4) + "\n"));
    CHECK_FALSE(Policy::parse(both + "witness bad x+0123+AA==\n"));
}
