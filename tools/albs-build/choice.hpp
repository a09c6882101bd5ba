// SPDX-License-Identifier: GPL-3.0-or-later
// What the command and the package choose of a platform, merged in the order of albs-platforms(5).
#pragma once
#include "options.hpp"
#include "platform/overrides.hpp"
#include "platform/platform.hpp"

namespace albs::build {

/// Platform, flavors, further repositories, options of the root and Secure Boot; own may be null. Kind::usage for what
/// the platform or its backend does not have.
Result<platform::Platform> choose_platform(const Options& options, const platform::Override* own);

/// --with, --without and --define of the command, then of the package.
std::vector<std::string> words_of_rpmbuild(const Options& options, const platform::Override* own);

/// Why the package may not be built like that; empty if it may.
std::string needs_secure_boot(const platform::Platform& platform, const std::string& package);

} // namespace albs::build
