// SPDX-License-Identifier: GPL-3.0-or-later
// One task of a run, whatever becomes of it.
#pragma once
#include "options.hpp"
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
    store::Workspace& workspace;
    SourcePackages& packages;
    std::string scratch;
    std::int64_t processors = 1; ///< for each task
    bool retry = false;
    cli::Messages& messages;
};

/// Makes the source package, finds the root and builds, or has the result of an earlier run; as the package wants it,
/// if it wants anything. A task of the architecture "src" is the source package alone.
Result<TaskResult> make(const Work& work, const PlannedTask& planned);

} // namespace albs::build
