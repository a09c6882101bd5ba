// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/logged_statements.hpp"

#include <algorithm>
#include <filesystem>

#include "unit/ledger/fixture.hpp"

using namespace albs;
using ledger_test::SmallLedger;

namespace {

LogView view_of(const SmallLedger& small)
{
    return *LogView::open(fetch_from_directory(small.path), Policy::of(small.vkey()));
}

} // namespace

TEST_CASE("statements of a log: in order, withheld ones counted")
{
    SmallLedger small;
    small.append(0, 300);
    LogView log = view_of(small);
    std::vector<std::uint64_t> seen;
    auto take = [&](const LoggedStatement& one) -> Status {
        seen.push_back(one.index);
        CHECK(read_json(one.envelope.payload));
        return {};
    };
    CHECK(*for_each_statement(log, take) == 0);
    CHECK(seen.size() == 300);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    std::string lines = small.read("attestations/001.intoto.jsonl");
    small.write("attestations/001.intoto.jsonl", "\n" + lines.substr(lines.find('\n') + 1));
    std::filesystem::remove(small.path + "/attestations/000.intoto.jsonl");
    seen.clear();
    CHECK(*for_each_statement(log, take) == 257);
    CHECK(seen.front() == 257);
}

TEST_CASE("statements of a log: one in another's place, and one that cannot be read, are contradictions")
{
    SmallLedger small;
    small.append(0, 2);
    LogView log = view_of(small);
    const std::string path = "attestations/000.intoto.jsonl";
    const std::string good = small.read(path);
    const std::string first = good.substr(0, good.find('\n') + 1);
    auto ignore = [](const LoggedStatement&) -> Status { return {}; };
    for (const std::string& bad : {first + first, std::string("{}\n\n"), std::string("no JSON\n\n")}) {
        small.write(path, bad);
        auto read = for_each_statement(log, ignore);
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == Kind::trust);
    }
}
