// SPDX-License-Identifier: GPL-3.0-or-later
// One task of a run, whatever becomes of it.
#pragma once
#include <functional>
#include <memory>

#include "module_plan.hpp"
#include "options.hpp"
#include "packages_made.hpp"
#include "platform/overrides.hpp"
#include "run_task.hpp"
#include "source_package.hpp"

namespace albs::build {

/// What the tasks of a run share.
struct Work {
    const BuildOptions& options;
    const platform::Overrides& overrides;
    const BuildConfig& recipe;
    const Manifest& manifest;
    const ModulePlans& modules;
    root::Solver& solver;
    store::Workspace& workspace;
    SourcePackages& packages;
    std::string scratch;
    std::int64_t processors = 1; ///< for each task
    bool retry = false;
    cli::Messages& messages;
    RunView& view;
    const Runner* runner = nullptr; ///< who builds the tasks elsewhere
};

/// A task of which is known what it needs and makes.
struct PreparedTask {
    PlannedTask planned;
    std::shared_ptr<const BuildConfig> own; ///< where the package wants something for itself
    std::optional<TaskResult> over;         ///< it ended with its source package, or is not to be built
    /// Where it is built with the macros of its base root; empty unless asked for.
    std::vector<solve::VirtualPackage> makes;
};

/// The package's own, or that of the run.
const BuildConfig& recipe_of(const Work& work, const PreparedTask& prepared);

/// Makes the source package, or has that of an earlier run, as the package wants it, if it wants anything. A task of
/// the architecture "src" is over with that. wants_packages: which packages it is going to make is read, too.
Result<PreparedTask> prepare(const Work& work, PlannedTask planned, bool wants_packages);

/// Solves a root, as BuildConfig::solve does.
using Solve = decltype(BuildConfig::solve);

/// Finds the root and builds, or has the result of an earlier run. solve: for the root of this task. is_void: looked at
/// when that is done; what came of it is then neither told nor remembered, since the task is to be begun anew.
Result<TaskResult> finish(const Work& work, const PreparedTask& prepared, const Solve& solve,
                          const std::function<bool()>& is_void);

/// The result of an earlier run, if a build now would come to the same: it had the roots that there would be now, by
/// solve of the recipe.
Result<std::optional<TaskResult>> made_earlier(const Work& work, const BuildConfig& recipe, const PlannedTask& planned);

/// A task that ends without being built; told and remembered.
Result<TaskResult> end(const Work& work, const PreparedTask& prepared, TaskResult result);

} // namespace albs::build
