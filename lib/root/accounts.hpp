// SPDX-License-Identifier: GPL-3.0-or-later
// The user that builds run as, in a new root.
#pragma once
#include <string>

#include "base/result.hpp"

namespace albs::root {

/// Adds mockbuild (1000) to the root's passwd and group unless somebody has the name or the number. Packages made the
/// tree: no link in it is followed. Kind::environment if it has no such files.
Status add_account_of_builds(const std::string& tree);

} // namespace albs::root
