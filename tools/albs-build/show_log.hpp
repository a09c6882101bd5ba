// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build log: the logs of tasks, or the part of each that shows why it failed.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

/// The document is text: each log as it is, under a heading where there are several. Kind::usage for a task that the
/// manifest lacks, Kind::input for a log that the store lacks.
Result<cli::Outcome> show_logs(const LogOptions& options, cli::Context& context);

} // namespace albs::build
