// SPDX-License-Identifier: GPL-3.0-or-later
// How a task was, or is to be, built, by what its record says.
#pragma once
#include "albs/manifest/task.hpp"
#include "options.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// The options that the task records, on the platform that was recorded with it, and in the root of its lock.
/// platforms: files whose platform of that name is taken instead; flavors: of tasks that record none. scratch: a
/// directory for the recorded platform's file. Kind::input for what this version cannot repeat, and for what the store
/// has lost.
Result<BuildOptions> recorded_options(const Task& task, const std::vector<std::string>& platforms,
                                      const std::vector<std::string>& flavors, const store::Workspace& workspace,
                                      const std::string& scratch);

} // namespace albs::build
