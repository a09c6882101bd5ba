// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/audit/status_lists.hpp"

#include "unit/statement/status_list_fixture.hpp"

using namespace albs;
using ledger_test::problems_of;
using ledger_test::public_audit_of;
using ledger_test::SmallLedger;
using ledger_test::statement;
using status_list_test::change;
using status_list_test::true_list;

namespace {

const std::string digest = sha256("file 1").hex();

void append(const SmallLedger& small, const Json& one)
{
    Ledger ledger = *small.open();
    REQUIRE(ledger.append({one}));
}

/// A ledger with a change of status at entry 2.
struct Marked : SmallLedger {
    Marked()
    {
        SmallLedger::append(0, 2);
        ::append(*this, change(digest, "revoked"));
    }
    std::string audited_with(const StatusList& list) const
    {
        ::append(*this, status_list_statement(list, "log.example.org"));
        return problems_of(public_audit_of(*this));
    }
};

} // namespace

TEST_CASE("audit of lists of statuses: one that is true")
{
    Marked small;
    CHECK(small.audited_with(true_list(small.path, small.trust)).empty());
    // Of less than came before it, too.
    StatusList older = true_list(small.path, small.trust);
    append(small, change(digest, "valid"));
    CHECK(small.audited_with(older).empty());
}

TEST_CASE("audit of lists of statuses: left out, added, changed")
{
    const std::string names = "entry 2, which says that " + digest + " is revoked";
    {
        Marked small;
        StatusList list = true_list(small.path, small.trust);
        list.changes.clear();
        CHECK(small.audited_with(list) == "statement 3: its list of statuses leaves out " + names + "\n");
    }
    {
        Marked small;
        StatusList list = true_list(small.path, small.trust);
        list.changes.push_back(list.changes.front());
        list.changes.back().change.index = 1;
        std::string problems = small.audited_with(list);
        CHECK(problems.find("adds entry 1, which says that") != std::string::npos);
        CHECK(problems.find("is not in the order of the log") != std::string::npos);
    }
    for (int member = 0; member < 3; ++member) {
        Marked small;
        StatusList list = true_list(small.path, small.trust);
        ListedChange& one = list.changes.front();
        (member == 0 ? one.change.status : member == 1 ? one.change.reason : one.signer) = sha256("x").hex();
        CHECK(small.audited_with(list).find("leaves out " + names) != std::string::npos);
    }
}

TEST_CASE("audit of lists of statuses: of another tree, of entries to come, without commits and what was made")
{
    {
        Marked small;
        StatusList list = true_list(small.path, small.trust);
        list.root = sha256("another");
        CHECK(small.audited_with(list) == "statement 3: its list of statuses is of another tree of 3 entries\n");
    }
    {
        Marked small;
        StatusList list = true_list(small.path, small.trust);
        list.size = 4;
        CHECK(small.audited_with(list) ==
              "statement 3: its list of statuses is about 4 entries, of which only 3 came before it\n");
    }
    Marked small;
    StatusList list = true_list(small.path, small.trust);
    list.made[digest] = {"x"};
    CHECK(small.audited_with(list).find("adds that x was made from " + digest) != std::string::npos);
    AuditedBundle bundle;
    bundle.facts.push_back({.index = 0, .facts = {.origins = {{.made = "x", .from = digest}}, .is_commit = true}});
    bundle.facts.push_back({.index = 1, .facts = status_facts(change(digest, "revoked"), 1), .signer = "s"});
    list.made.clear();
    list.size = 2;
    list.changes.front() = {.change = bundle.facts[1].facts.changes.front(), .signer = "s"};
    bundle.facts.push_back({.index = 2, .facts = {}, .list = list});
    std::vector<std::string> problems;
    StatusListAuditor().take(bundle, {}, problems);
    CHECK(problems ==
          std::vector<std::string>{"statement 2: its list of statuses leaves out that there are commits",
                                   "statement 2: its list of statuses leaves out that x was made from " + digest});
}

TEST_CASE("audit of lists of statuses: what is withheld cannot be told")
{
    Marked small;
    StatusList list = true_list(small.path, small.trust);
    append(small, status_list_statement(list, "log.example.org"));
    const std::string path = "attestations/000.intoto.jsonl";
    std::vector<std::string> lines = attestation_lines(small.read(path), 4);
    small.write(path, lines[0] + "\n" + lines[1] + "\n\n" + lines[3] + "\n");
    CHECK(problems_of(public_audit_of(small)).empty());
}

TEST_CASE("audit of lists of statuses: what its maker could not read, and said so")
{
    for (std::uint64_t withheld : {0, 1}) {
        Marked small;
        StatusList list = true_list(small.path, small.trust);
        list.changes.clear();
        list.withheld = withheld;
        CHECK(small.audited_with(list).empty() == (withheld == 1));
    }
}
