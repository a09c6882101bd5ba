// SPDX-License-Identifier: GPL-3.0-or-later
// A repository of packages that were built, for roots.
#pragma once
#include <map>
#include <string>

#include "store/workspace.hpp"

namespace albs::build {

/// The directory of a repository with these packages, by name: their SHA-256 in the store. It is made below
/// WORKSPACE/linked, named by the digests of its packages, which are links to the store; so it is made once, and
/// whoever solves, fetches or runs mock finds a repository like any other.
Result<std::string> built_repository(const std::map<std::string, std::string>& packages,
                                     const store::Workspace& workspace);

} // namespace albs::build
