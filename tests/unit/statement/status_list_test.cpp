// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/status_list.hpp"

#include "albs/statement/voucher.hpp"
#include "unit/statement/status_list_fixture.hpp"

using namespace albs;
using status_list_test::change;

namespace {

const std::string one = sha256("one").hex();
const std::string two = sha256("two").hex();
const std::string key = sha256("key").hex();

StatusList some_list()
{
    StatusCollector collector;
    collector.add(3, {.origins = {{.made = two, .from = one}}}, key);
    collector.add(5, status_facts(change(one, "revoked"), 5), key);
    collector.add(7, status_facts(change(one, "valid"), 7), key);
    collector.add(9, {.is_commit = true}, key);
    StatusList list = collector.list(8);
    list.root = sha256("root");
    list.withheld = 2;
    return list;
}

} // namespace

TEST_CASE("list of statuses: what is written is read, and nothing else")
{
    const StatusList list = some_list();
    const Json statement = status_list_statement(list, "log.example.org");
    CHECK(
        write_json(statement) ==
        R"({"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"log.example.org","digest":{"sha256":")" +
            list.root.hex() +
            R"("}}],"predicateType":"https://build.almalinux.org/attestation/statuses/v1","predicate":{"entries":8,)" +
            R"("statuses":[{"entry":5,"digest":")" + one + R"(","status":"revoked","reason":"why","signer":")" + key +
            R"("},{"entry":7,"digest":")" + one + R"(","status":"valid","reason":"why","signer":")" + key +
            R"("}],"made_from":[{"digest":")" + one + R"(","made":[")" + two +
            R"("]}],"commits":false,"withheld":2}})");
    std::optional<StatusList> read = *status_list_of(statement);
    REQUIRE(read);
    CHECK(read->changes == list.changes);
    CHECK(read->made == list.made);
    CHECK(read->root == list.root);
    CHECK(read->withheld == 2);
    CHECK(statement_kind(statement) == "statuses");
    CHECK_FALSE(*status_list_of(change(one, "revoked")));
    for (const char* member : {"entries", "commits", "withheld"}) {
        Json bad = statement;
        bad.find("predicate")->set(member, "x");
        CHECK(status_list_of(bad).error().kind == Kind::input);
    }
    Json bad = statement;
    bad.find("predicate")->find("statuses")->elements()->front().set("entry", -1);
    CHECK_FALSE(status_list_of(bad));
    bad = statement;
    bad.set("predicate", nullptr);
    CHECK_FALSE(status_list_of(bad));
}

TEST_CASE("list of statuses: of the entries below its size, and what was made from what they withdraw")
{
    StatusList list = some_list();
    CHECK(list.changes.size() == 2);
    CHECK(withdrawn_subjects(list.changes) == std::vector<std::string>{one});
    CHECK_FALSE(list.has_commits);
    StatusCollector collector;
    collector.add(1, status_facts(change(one, "valid"), 1), key);
    collector.add(2, {.origins = {{.made = two, .from = one}}}, key);
    CHECK(collector.list(3).made.empty());
    CHECK(collector.list(1).changes.empty());
    collector.add(3, {.is_commit = true}, key);
    CHECK(collector.list(4).has_commits);
}
