// SPDX-License-Identifier: GPL-3.0-or-later
// What a view has beside /usr: the empty directories of a new machine, its users, and the little of /etc that programs
// of /usr cannot do without.
#pragma once
#include <string>

#include "base/result.hpp"

namespace albs::sandbox {

/// root has /usr already.
Status make_view_files(const std::string& root);

} // namespace albs::sandbox
