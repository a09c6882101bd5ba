// SPDX-License-Identifier: GPL-3.0-or-later
// Directory trees whose files belong to subordinate ids of this user, and were written by others.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace albs::root {

/// rm -rf in namespaces of this user, where all of the tree is his. A missing tree is fine.
Status remove(const std::string& tree);
/// Bytes on disk. What cannot be looked into does not count.
std::int64_t size_of(const std::string& tree);

} // namespace albs::root
