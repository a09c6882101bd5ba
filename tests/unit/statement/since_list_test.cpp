// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/since_list.hpp"

#include "unit/statement/status_list_fixture.hpp"

using namespace albs;
using ledger_test::SmallLedger;
using ledger_test::statement;
using status_list_test::change;
using status_list_test::true_list;

namespace {

const std::string digest = sha256("a package").hex();

struct Seen {
    Result<std::uint64_t> withheld = 0;
    std::optional<StatusList> list;
    std::vector<std::uint64_t> read;
};

Seen look(const SmallLedger& small, const Policy& policy)
{
    Seen seen;
    LogView log = status_list_test::view_of(small.path, Policy::of(small.vkey()));
    seen.withheld = for_each_since_list(
        log, policy,
        [&](const StatusList& list) -> Status {
            seen.list = list;
            return {};
        },
        [&](const LoggedStatement& one) -> Status {
            seen.read.push_back(one.index);
            return {};
        });
    return seen;
}

void append(const SmallLedger& small, const Json& one)
{
    Ledger ledger = *small.open();
    REQUIRE(ledger.append({one}));
}

void append_list(const SmallLedger& small, const StatusList& list)
{
    append(small, status_list_statement(list, "log.example.org"));
}

Policy only(const SmallLedger& small, const std::string& signer, const std::string& kinds)
{
    return *Policy::parse("log " + small.vkey().text() + "\nquorum none\n#albs: statement-key " + signer + " " + kinds +
                          "\n");
}

} // namespace

TEST_CASE("since a list: it is gone on from, and only what is behind it is read")
{
    SmallLedger small;
    small.append(0, 3);
    append(small, change(digest, "revoked"));
    CHECK(look(small, small.trust).read.size() == 4);
    append_list(small, true_list(small.path, small.trust));
    small.append(10, 2);
    Seen seen = look(small, small.trust);
    REQUIRE(seen.list);
    CHECK(seen.list->changes.front().change.text() == "entry 3 of the log says that it is revoked: why");
    CHECK(seen.read == std::vector<std::uint64_t>{4, 5, 6});
    // Withheld statements that it covers are no matter; those behind it are, and those that its maker lacked.
    std::string lines = small.read("attestations/000.intoto.jsonl");
    small.write("attestations/000.intoto.jsonl", "\n" + lines.substr(lines.find('\n') + 1));
    CHECK(*look(small, small.trust).withheld == 0);
    small.write("attestations/000.intoto.jsonl", lines.substr(0, lines.rfind('\n', lines.size() - 2) + 1) + "\n");
    CHECK(*look(small, small.trust).withheld == 1);
    // Withheld itself, everything is read.
    std::vector<std::string> all = attestation_lines(lines, 7);
    all[4].clear();
    std::string without;
    for (const std::string& line : all)
        without += line + "\n";
    small.write("attestations/000.intoto.jsonl", without);
    seen = look(small, small.trust);
    CHECK_FALSE(seen.list);
    CHECK(seen.read.size() == 6);
    CHECK(*seen.withheld == 1);
}

TEST_CASE("since a list: by a key that the policy does not list for it, of another tree, of entries to come")
{
    SmallLedger small;
    small.append(0, 2);
    StatusList list = true_list(small.path, small.trust);
    append_list(small, list);
    const std::string signer = status_list_test::last_list(small.path, small.trust).signer;
    CHECK(look(small, only(small, signer, "all")).list);
    CHECK(look(small, only(small, signer, "file,statuses")).list);
    CHECK_FALSE(look(small, only(small, signer, "status,build")).list);
    CHECK_FALSE(look(small, only(small, sha256("another").hex(), "statuses")).list);
    CHECK(look(small, only(small, signer, "status")).read.size() == 3);
    StatusList other = list;
    other.root = sha256("another");
    StatusList ahead = list;
    ahead.size = 5;
    StatusList beyond = list; // of the log's end
    beyond.size = 500;
    Json broken = status_list_statement(list, "log.example.org");
    broken.find("predicate")->set("withheld", -1);
    append_list(small, other);
    append_list(small, ahead);
    append_list(small, beyond);
    append(small, broken);
    Seen seen = look(small, small.trust); // the one before them
    REQUIRE(seen.withheld);
    REQUIRE(seen.list);
    CHECK(seen.list->root == list.root);
    CHECK(seen.read.size() == 5);
}

TEST_CASE("since a list: a false signature is a contradiction")
{
    SmallLedger small;
    small.append(0, 2);
    append_list(small, true_list(small.path, small.trust));
    const std::string path = "attestations/000.intoto.jsonl";
    std::string lines = small.read(path);
    std::size_t at = lines.rfind("\"sig\":\"") + 12;
    lines[at] = lines[at] == 'A' ? 'B' : 'A';
    small.write(path, lines);
    Seen seen = look(small, small.trust);
    REQUIRE_FALSE(seen.withheld);
    CHECK(seen.withheld.error().kind == Kind::trust);
    CHECK(seen.withheld.error().message.starts_with("'attestations/000.intoto.jsonl'"));
}

TEST_CASE("since a list: whoever withdraws is heard, not whoever gives back")
{
    SmallLedger small;
    Policy policy = only(small, sha256("notary").hex(), "status");
    ListedChange one{.change = {.index = 1, .status = "revoked", .reason = "", .subject = digest},
                     .signer = sha256("host").hex()};
    CHECK(is_heard(one, policy));
    one.change.status = "valid";
    CHECK_FALSE(is_heard(one, policy));
    one.signer = sha256("notary").hex();
    CHECK(is_heard(one, policy));
}
