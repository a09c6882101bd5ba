// SPDX-License-Identifier: GPL-3.0-or-later
// Which packages a spec makes, before it is built: rpmspec tells it in the sandbox.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "run_spec.hpp"
#include "solve/pool.hpp"
#include "source.hpp"

namespace albs::build {

/// Name, version, Provides and Requires of each package that the spec says for that architecture. What rpmbuild finds
/// in files comes to that only when they are built. Remembered in the workspace. A spec that rpmspec cannot read there
/// has none, which is no error.
Result<std::vector<solve::VirtualPackage>> packages_made(const BuildConfig& recipe, const SpecPlace& place,
                                                         const std::string& arch, const SourcePackage& package,
                                                         const SpecContext& context);

/// What rpmspec printed for packages_made(), among words of others.
std::vector<solve::VirtualPackage> read_packages_made(std::string_view output);

} // namespace albs::build
