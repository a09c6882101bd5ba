// SPDX-License-Identifier: GPL-3.0-or-later
// Files of the source tree that tests read.
#pragma once
#include <string>

namespace albs {

/// The path of a file of the source tree, by its path in it: "tests/schema/full.json". One file knows where the tree
/// is, so that the objects of all others are the same in every tree, for the compiler cache.
std::string source_file(const std::string& path);

} // namespace albs
