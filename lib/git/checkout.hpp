// SPDX-License-Identifier: GPL-3.0-or-later
// A commit's files on disk, straight from its tree: no index, no filters, no hooks, no submodules.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "git/repository.hpp"

namespace albs::git {

/// Writes the commit's tree into an existing empty directory. Modes are 0755 and 0644, every time stamp is the given
/// one. Submodules are left out and named in what is returned. Kind::input for a symbolic link that leads out of the
/// tree, and for a tree in which one path stands twice.
Result<std::vector<std::string>> check_out(const Repository& repository, std::string_view commit,
                                           const std::string& directory, std::int64_t time);

/// Whether a symbolic link at path (relative to the root of a tree) stays in the tree: its target is relative, climbs
/// no higher than the root, and climbs only at its start (a ".." after a name could lead anywhere, as the name may be
/// a link itself).
bool link_stays_inside(std::string_view path, std::string_view target);

} // namespace albs::git
