// SPDX-License-Identifier: GPL-3.0-or-later
// What became of tasks, for people: of each when it ends, and of all at the end of a run.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "albs/manifest/manifest.hpp"
#include "cli/message.hpp"
#include "store/workspace.hpp"
#include "task_result.hpp"

namespace albs::build {

/// how: "built", "made", "built earlier:". A package that was asked for and is not there is a warning: who asks for
/// less to be said still wants to know that.
void tell(cli::Messages& messages, const TaskResult& built, const char* how);

/// What the manifest says of a run and of those before.
struct RunCounts {
    std::int64_t built = 0;  ///< in this run
    std::int64_t reused = 0; ///< in an earlier one
    std::int64_t failed = 0;
    std::int64_t skipped = 0;
    std::int64_t excluded = 0; ///< not for this architecture
    std::int64_t all() const { return built + reused + failed + skipped + excluded; }
};
/// made: ids of what was built in this run.
RunCounts count_tasks(const Manifest& manifest, const std::set<std::string>& made);

struct RunFacts {
    std::set<std::string> made = {};
    std::set<std::string> told = {};             ///< ids of what this run has told of already
    std::optional<std::int64_t> elapsed_ms = {}; ///< none: there was nothing to do
};
/// The counts, where the log of each failure is, and what failed in an earlier run.
void tell_run(const Manifest& manifest, const RunFacts& facts, const store::Workspace& workspace,
              cli::Messages& messages);

} // namespace albs::build
