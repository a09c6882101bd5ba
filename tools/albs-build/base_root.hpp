// SPDX-License-Identifier: GPL-3.0-or-later
// Where specs are read for a platform.
#pragma once
#include "run_spec.hpp"

namespace albs::build {

/// The architecture that source packages are made for, whatever they are built for: x86_64 if the platform has it, else
/// its first. So all that is built of a source has one source package.
std::string target_of_packages(const platform::Platform& platform);

/// Where source packages of builds for arch are made: in a root of this machine's architecture if the platform has
/// packages for it, else in one of arch. installed: what a root has beside what the platform installs. Kind::input if
/// there is no such root.
Result<SpecPlace> place_of_packages(const BuildConfig& recipe, const std::string& arch,
                                    const std::vector<std::string>& installed, const store::Workspace& workspace);
/// Where a spec is read for arch.
Result<SpecPlace> place_of_arch(const BuildConfig& recipe, const std::string& arch,
                                const std::vector<std::string>& installed, const store::Workspace& workspace);

} // namespace albs::build
