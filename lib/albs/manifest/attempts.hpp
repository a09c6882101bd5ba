// SPDX-License-Identifier: GPL-3.0-or-later
// Attempts: records of something that honest people do more than once. Two workspaces fetch one commit from two
// mirrors, a build fails and succeeds the next day, a package is tested on two machines. When such records meet in one
// manifest, none of them replaces another: the one that is read later gets the id "PLAIN@HEX", where HEX are the first
// 12 digits of the SHA-256 of what it tells, and `follows` the id of the one before. Other records go on naming the
// plain id.
//
// One attempt is in force: of tasks and tests that which finished last, but no test that was skipped while another was
// not; of other records that which was read last. Tools and gates go by it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/manifest/record.hpp"
#include "albs/manifest/table.hpp"
#include "albs/manifest/task.hpp"
#include "albs/manifest/test_result.hpp"

namespace albs {

/// Attempts that are in force side by side: a noarch package is tested for each task that made it.
template <class Record> std::string_view attempted_for(const Record& /*record*/)
{
    return {};
}
inline std::string_view attempted_for(const TestResult& test)
{
    return test.task;
}

/// Of two attempts that with the greater text is in force; of equal ones the later.
template <class Record> std::string force_of(const Record& /*record*/)
{
    return {};
}
inline std::string force_of(const Task& task)
{
    return std::string(task.finished);
}
/// The order in which manifests are read decides only where the tests do not say when they were done. Of two that were
/// done in the same second one that failed is in force.
inline std::string force_of(const TestResult& test)
{
    if (test.status == "skip")
        return {};
    return test.finished ? "done " + std::string(*test.finished) + (test.status == "fail" ? " no" : "") : "done";
}

/// Looks at a record that is new among attempts, or whose force has grown: it may be in force from now on.
template <class Record> void settle(Attempts& attempts, const std::vector<Record>& records, std::size_t at)
{
    auto [found, is_first] = attempts.in_force.try_emplace(std::string(attempted_for(records[at])), at);
    std::size_t& in_force = found->second;
    if (is_first || in_force == at)
        return;
    int order = force_of(records[at]).compare(force_of(records[in_force]));
    if (order > 0 || (order == 0 && at > in_force))
        in_force = at;
}

} // namespace albs
