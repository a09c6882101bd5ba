// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a tree from the tree alone, or with one public key.
#pragma once
#include <string>

#include "keys.hpp"
#include "tree.hpp"

namespace albs::release {

/// The certificates in a tree's RPM-GPG-KEY-* files. They prove that the tree is consistent, not who made it.
/// Kind::input when there are none.
Result<Keys> keys_in(const std::string& tree);

} // namespace albs::release
