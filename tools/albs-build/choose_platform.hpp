// SPDX-License-Identifier: GPL-3.0-or-later
// What the command and the package choose of a platform, merged in the order of albs-platforms(5).
#pragma once
#include "options.hpp"
#include "platform/overrides.hpp"
#include "platform/platform.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// The names of --platform, each once; "host" if there is none.
std::vector<std::string> platforms_of(const RecipeOptions& options);

/// The command's options, and after each those of the package.
RecipeOptions with_own(RecipeOptions options, const platform::Override& own);

/// The first platform, its flavors, further repositories, options of the root and Secure Boot. workspace: where
/// repositories of linked builds are made; null: they are left out. record: gets platform_record() of platform and
/// flavors. Kind::usage for what the platform or its backend does not have.
Result<platform::Platform> choose_platform(const RecipeOptions& options, bool has_lock, store::Workspace* workspace,
                                           std::string& record);

/// Why the package may not be built like that; empty if it may.
std::string needs_secure_boot(const platform::Platform& platform, const std::string& package);

} // namespace albs::build
