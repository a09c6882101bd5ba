// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a directory that is not ours, under the rules of a checkout.
#pragma once
#include <string>

#include "base/result.hpp"

namespace albs::fetch {

/// Copies files, with the modes 0755 and 0644, and links into the empty directory `to`, without .git, sockets and the
/// like. Kind::input for a link that leads out.
Status copy_checkout(const std::string& from, const std::string& to);

} // namespace albs::fetch
