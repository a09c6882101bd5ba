// SPDX-License-Identifier: GPL-3.0-or-later
// One task from the source package in the store to the built packages in the store.
#pragma once
#include "cli/message.hpp"
#include "collect.hpp"
#include "run_view.hpp"
#include "runner.hpp"
#include "source_package.hpp"
#include "task_result.hpp"

namespace albs::build {

/// Most bytes of a log.
constexpr std::int64_t max_log = std::int64_t{1} << 30;

struct BuildContext {
    store::Workspace& workspace;
    std::string scratch;         ///< directory for what exists only during the build
    std::int64_t processors = 1; ///< that this task may use
    cli::Messages& messages;
    RunView& view;
    const Runner* runner = nullptr; ///< who builds it elsewhere
};

/// Runs rpmbuild with the source package of the task in the sandbox; a failure of the machine is tried once more. Every
/// outcome of the package is a result. Kind::environment when nothing can be built here.
Result<TaskResult> build(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context);

/// The record of a task that begins now, with what is known of its source package.
TaskResult begun(const BuildConfig& recipe, const PlannedTask& planned);
/// A task that was not run, with the reason: failed if it is that no root has what it needs (dependency), else skipped.
TaskResult not_built(const BuildConfig& recipe, const PlannedTask& planned, const std::string& kind,
                     const std::string& message);
/// A task that is skipped since another one that it needs was not built.
TaskResult skipped_since(const BuildConfig& recipe, const PlannedTask& planned, const std::string& message);
/// What a build left, or why that is no result; the source package comes last.
void add_packages(TaskResult& built, Collection collected, const SourcePackage& source);
/// A task that is its source package and nothing else.
TaskResult package_alone(const BuildConfig& recipe, const PlannedTask& planned);
/// A task that failed before there was a source package.
TaskResult without_package(const BuildConfig& recipe, const PlannedTask& planned, const SourceOutcome& outcome);

} // namespace albs::build
