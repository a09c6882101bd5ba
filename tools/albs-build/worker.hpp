// SPDX-License-Identifier: GPL-3.0-or-later
// --task: builds the one task that another run asks for (task_request), from what the store has.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

/// Adds the task, as a further attempt, and its artifacts; one of kind needs has what the spec asks for beyond the
/// lock, a line for each. Errors are what this machine lacks.
Result<cli::Outcome> build_asked_task(const BuildOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::build
