// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build log --tail: the log of a task while it runs.
#pragma once
#include "cli/tool.hpp"

namespace albs::build {

/// Writes the log to standard output as it grows, until the task ends. TASK is the only operand; none is needed where
/// one task runs. Kind::usage for one that does not run, or where several do.
Result<cli::Outcome> follow_log(cli::Context& context);

/// "hello" is "hello@1234/host/x86_64", but not "hello-doc@1234/host/x86_64".
bool is_task_named(std::string_view id, std::string_view word);

} // namespace albs::build
