// SPDX-License-Identifier: GPL-3.0-or-later
// The platform that a task was built for, beside the one of the same name that there is now.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/artifact.hpp"
#include "albs/manifest/task.hpp"
#include "options.hpp"
#include "plan.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// Lets the options name the recorded definition, written into scratch, where the task has one and the user names no
/// platforms of his own. Kind::input if the store has lost it.
Status use_recorded_platform(const Task& task, const store::Workspace& workspace, const std::string& scratch,
                             RecipeOptions& options);

/// Puts the record of a platform into the store; name: of the platform.
Result<Artifact> stored_platform(const std::string& record, const std::string& name, const store::Workspace& workspace);

struct PlatformComparison {
    std::optional<bool> same; ///< none: the task does not say what its platform was
    std::vector<std::string> differences;
};
/// The recorded platform beside the one that the recipe has.
Result<PlatformComparison> compare_platforms(const Task& task, const BuildConfig& recipe,
                                             const store::Workspace& workspace);

} // namespace albs::build
