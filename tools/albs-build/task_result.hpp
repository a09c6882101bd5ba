// SPDX-License-Identifier: GPL-3.0-or-later
// What became of one task, and the memory of it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "plan.hpp"
#include "store/workspace.hpp"

namespace albs::build {

struct TaskResult {
    Task task;
    std::vector<Artifact> artifacts;
    /// What its spec asked for while it was built, beyond its BuildRequires: it was built in the root that has that,
    /// too.
    std::vector<std::string> further = {};
};

/// Names all that a build depends on: the same key, the same packages. A lock names the state of every repository, so
/// the lock of the first root stands for those of later rounds, too.
std::string memory_key(const BuildConfig& recipe, const PlannedTask& planned);

/// The digests of the locks that this was built with, latest first: all that a memory_key() names but the lock is the
/// same.
std::vector<std::string> earlier_locks(const store::Workspace& workspace, const BuildConfig& recipe,
                                       const PlannedTask& planned);
/// Adds that of this task to them.
Status remember_lock(const store::Workspace& workspace, const BuildConfig& recipe, const PlannedTask& planned);

/// What an earlier run came to, if every one of its artifacts is in the store. An artifact that was changed there is
/// Kind::trust. failures: whether failed builds count too.
Result<std::optional<TaskResult>> recall(const store::Workspace& workspace, const std::string& key, bool failures);
/// Only for results that would be the same again: not for time limits, full disks and troubles of the machine.
Status remember(const store::Workspace& workspace, const std::string& key, const TaskResult& built);

} // namespace albs::build
