// SPDX-License-Identifier: GPL-3.0-or-later
// A task that was built, built once more by its own record.
#pragma once
#include "options.hpp"
#include "platform_of_then.hpp"
#include "root/solver.hpp"
#include "run_task.hpp"

namespace albs::build {

struct BuiltAgain : TaskResult {
    PlatformComparison platform;
};

struct AgainContext {
    const BuildContext& build;
    root::RunContext roots; ///< for the packages of locks that the workspace lacks
};

/// The source package and the packages, made as they were made then: in roots of the same packages, which are fetched
/// by digest. VARIED: the packages in other surroundings. Kind::input for what the store lacks and cannot get,
/// Kind::usage for mock with other surroundings.
Result<BuiltAgain> build_again(const Task& task, const Source& source, const ReproduceOptions& options,
                               const Manifest& manifest, const AgainContext& run, const Variation& varied = {});

} // namespace albs::build
