// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/test_results.hpp"

#include <algorithm>
#include <tuple>

namespace albs {

// Without a time on either side the order in which they are read, which is that of the log, decides.
bool LastResults::counts_more(const std::string& status, const std::string& time, const Result& known)
{
    if (time.empty() || known.time.empty())
        return true;
    return time == known.time ? status == "fail" : time > known.time;
}

LastResults::LastResults(std::vector<TestStatement> statements)
{
    std::sort(statements.begin(), statements.end(), [](const TestStatement& first, const TestStatement& second) {
        return std::tie(first.log, first.index) < std::tie(second.log, second.index);
    });
    for (const TestStatement& one : statements)
        for (const StatedCheck& check : one.checks) {
            if (check.status == "skip")
                continue;
            Result result{.status = check.status, .time = one.voucher.time, .entry = one.voucher.entry};
            auto [known, is_first] = last_.try_emplace({one.log, check.name}, result);
            if (!is_first && counts_more(check.status, one.voucher.time, known->second))
                known->second = std::move(result);
        }
}

std::vector<LastResults::Failure> LastResults::failures() const
{
    std::vector<Failure> all;
    for (const auto& [place, known] : last_)
        if (known.status == "fail")
            all.push_back({.check = place.second, .entry = known.entry});
    return all;
}

bool LastResults::is_news(const std::string& log, const std::vector<StatedCheck>& run, const std::string& time) const
{
    return !time.empty() && std::any_of(run.begin(), run.end(), [&](const StatedCheck& check) {
        auto known = last_.find({log, check.name});
        return check.status != "skip" && known != last_.end() && known->second.status != check.status &&
               counts_more(check.status, time, known->second);
    });
}

std::vector<Voucher> passed_tests(std::vector<TestStatement> statements)
{
    if (!LastResults(statements).failures().empty())
        return {};
    std::vector<Voucher> vouchers;
    for (TestStatement& one : statements) {
        auto has = [&](std::string_view status) {
            return std::any_of(one.checks.begin(), one.checks.end(),
                               [&](const StatedCheck& check) { return check.status == status; });
        };
        if (has("pass") && !has("fail"))
            vouchers.push_back(std::move(one.voucher));
    }
    return vouchers;
}

} // namespace albs
