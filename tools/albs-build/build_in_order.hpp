// SPDX-License-Identifier: GPL-3.0-or-later
// All tasks of a run, in order.
#pragma once
#include <vector>

#include "queue.hpp"

namespace albs::build {

/// What each task came to, in the order of the queue.
Result<std::vector<TaskResult>> build_in_order(Queue& queue, const Jobs& jobs, RunView& view);

} // namespace albs::build
