// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine's librpm can do, as packages ask for it.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::rpm {

/// "rpmlib(PayloadIsZstd) = 5.4.18-1" and the like.
Result<std::vector<std::string>> rpmlib_features();

} // namespace albs::rpm
