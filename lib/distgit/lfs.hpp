// SPDX-License-Identifier: GPL-3.0-or-later
// Git LFS (github.com/git-lfs/git-lfs, docs/spec.md): git holds a pointer, a text with the SHA-256 of the file that is
// meant, which is kept elsewhere.
#pragma once
#include <optional>

#include "distgit/layout.hpp"

namespace albs::distgit {

/// The SHA-256 in a pointer, 64 lower-case hex digits; none if the text is no pointer.
std::optional<std::string> read_lfs_pointer(std::string_view text);

/// Removes the pointers from a checkout and adds the files that they stand for, as if a list had named them.
Status take_lfs_pointers(const std::string& tree, References& references);

} // namespace albs::distgit
