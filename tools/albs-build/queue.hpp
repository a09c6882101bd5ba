// SPDX-License-Identifier: GPL-3.0-or-later
// What a run is going to build, and which tasks see each other's packages.
#pragma once
#include <memory>
#include <vector>

#include "group.hpp"
#include "jobs.hpp"
#include "make_task.hpp"

namespace albs::build {

/// The tasks of one platform.
struct Lane {
    Work work;
    std::vector<PlannedTask> tasks;
};

/// A task of a lane, and its place in a group if it has one.
struct QueuedTask {
    const Work* work = nullptr;
    PreparedTask prepared;
    Group* group = nullptr;
    std::size_t member = 0;
};

struct Queue {
    std::vector<QueuedTask> tasks; ///< in the order of the lanes
    std::vector<std::unique_ptr<Group>> groups;
};

/// Makes all source packages, and finds the order of tasks with roots: for a root that a lock names (--lock) there is
/// none. Tasks that the manifest has already are members, too.
Result<Queue> make_queue(const std::vector<Lane>& lanes, root::Solver& solver, const Jobs& jobs);

} // namespace albs::build
