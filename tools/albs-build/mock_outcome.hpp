// SPDX-License-Identifier: GPL-3.0-or-later
// What a run of mock left behind: packages, logs, and why it ended as it did.
#pragma once
#include <string>

#include "sys/process.hpp"
#include "task_result.hpp"

namespace albs::build {

/// Texts of the logs, empty where mock did not come so far, and their artifacts.
struct MockLogs {
    std::string build; ///< rpmbuild's
    std::string root;  ///< of making the root
    std::string mock;  ///< what mock said
    std::string build_sha256;
    std::string root_sha256;
    std::string mock_sha256;
};

/// Puts DIRECTORY/result/*.log and DIRECTORY/mock.log into the store and the task, as NAME.log (of the build),
/// NAME.root.log… The task's log is the build's, or the root's where there was no build, or mock's own.
Result<MockLogs> keep_logs(TaskResult& built, const std::string& directory, const std::string& name,
                           store::Store& store);

/// Moves the packages of a result directory to where rpmbuild would have left them, TOP/RPMS and TOP/SRPMS.
Status lay_out(const std::string& result, const std::string& top);

/// By mock's exit status: 10 is the package's, 30 and 31 are the root's packages, the others are the machine's.
Reason reason_of_mock(const sys::ProcessResult& finished, const MockLogs& logs, std::int64_t timeout_ms);

} // namespace albs::build
