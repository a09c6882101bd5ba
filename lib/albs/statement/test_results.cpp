// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/test_results.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace albs {
namespace {

struct PlacedResult {
    std::string status;
    std::string time;
    std::uint64_t index = 0;
    const std::string* entry = nullptr;
};

bool comes_after(const PlacedResult& later, const PlacedResult& former)
{
    if (later.index <= former.index)
        return false;
    return former.time.empty() || (!later.time.empty() && later.time > former.time);
}

PlacedResult placed(const StatedCheck& check, const TestStatement& in)
{
    return {.status = check.status, .time = check.time, .index = in.index, .entry = &in.voucher.entry};
}

} // namespace

std::vector<FailedTest> failed_tests(const std::vector<TestStatement>& statements)
{
    std::map<std::pair<std::string_view, std::string_view>, std::vector<PlacedResult>> by_check; // and log
    for (const TestStatement& one : statements)
        for (const StatedCheck& check : one.checks)
            if (check.status != "skip")
                by_check[{one.log, check.name}].push_back(placed(check, one));
    std::vector<FailedTest> all;
    for (auto& [place, results] : by_check) {
        std::sort(results.begin(), results.end(),
                  [](const PlacedResult& a, const PlacedResult& b) { return a.index > b.index; });
        const PlacedResult* last_pass = nullptr; // of those behind, that which was done last
        for (const PlacedResult& one : results) {
            if (one.status != "fail") {
                if (last_pass == nullptr || last_pass->time < one.time)
                    last_pass = &one;
            } else if (last_pass == nullptr || !comes_after(*last_pass, one)) {
                all.push_back({.check = std::string(place.second), .entry = *one.entry});
                break;
            }
        }
    }
    return all;
}

std::vector<Voucher> passed_tests(std::vector<TestStatement> statements)
{
    if (!failed_tests(statements).empty())
        return {};
    std::sort(statements.begin(), statements.end(), [](const TestStatement& first, const TestStatement& second) {
        return std::tie(first.log, first.index) < std::tie(second.log, second.index);
    });
    std::vector<Voucher> vouchers;
    for (TestStatement& one : statements) {
        const bool has_failed = std::any_of(one.checks.begin(), one.checks.end(),
                                            [](const StatedCheck& check) { return check.status == "fail"; });
        const bool is_tested = std::any_of(one.checks.begin(), one.checks.end(), [](const StatedCheck& check) {
            return check.status == "pass" && check.tries_out;
        });
        if (is_tested && !has_failed)
            vouchers.push_back(std::move(one.voucher));
    }
    return vouchers;
}

bool is_news(const std::vector<StatedCheck>& run, const TestStatement& earlier,
             const std::vector<TestStatement>& recorded)
{
    std::map<std::string_view, std::pair<PlacedResult, PlacedResult>> own; // of the earlier statement, and of the run
    for (const StatedCheck& check : run) {
        auto then = std::find_if(earlier.checks.begin(), earlier.checks.end(),
                                 [&](const StatedCheck& one) { return one.name == check.name; });
        if (check.status == "skip" || check.time.empty() || then == earlier.checks.end())
            continue;
        PlacedResult next{.status = check.status,
                          .time = check.time,
                          .index = std::numeric_limits<std::uint64_t>::max(),
                          .entry = nullptr};
        own.emplace(check.name, std::pair(placed(*then, earlier), std::move(next)));
    }
    for (const TestStatement& one : recorded)
        for (const StatedCheck& check : one.checks) {
            auto mine = own.find(check.name);
            if (one.log != earlier.log || check.status == "skip" || mine == own.end() ||
                mine->second.first.status == check.status)
                continue;
            const PlacedResult other = placed(check, one);
            // Of a failure nobody can say that it came before: its clock may be wrong, or stand.
            if (!comes_after(mine->second.first, other) &&
                (mine->second.second.status == "fail" || comes_after(mine->second.second, other)))
                return true;
        }
    return false;
}

} // namespace albs
