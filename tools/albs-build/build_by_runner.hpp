// SPDX-License-Identifier: GPL-3.0-or-later
// One task, built elsewhere by the command of --runner.
#pragma once
#include "run_task.hpp"

namespace albs::build {

/// Gives the task to workers until one answers with what can be believed, at most three times for each root. Roots are
/// solved here, in rounds as run_rpmbuild_rounds() does it. What no worker does is a result, too: the task failed, kind
/// infrastructure. Errors are of this machine.
Result<TaskResult> build_by_runner(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context);

} // namespace albs::build
