// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

#include "base/result.hpp"
#include "distgit/layout.hpp"

namespace albs::distgit {

/// The spec's lines "SourceN:" and "PatchN:" as they are written; nothing is expanded, and a line with a "%" is passed
/// over. Kind::input for one that names no file, under whatever condition it stands: a URL that ends in a slash, or a
/// directory of the checkout. A spec that is not there or too large is somebody else's to refuse.
Status check_source_lines(const std::string& directory, const Layout& layout);

} // namespace albs::distgit
