// SPDX-License-Identifier: GPL-3.0-or-later
// The FILE of -o where it is too large to be held.
#pragma once
#include <functional>
#include <string>

#include "base/result.hpp"

namespace albs::sys {

/// As write_output() of file.hpp, of what PUT writes to the descriptor that it is given.
Status put_output(const std::string& path, const std::function<Status(int)>& put);

} // namespace albs::sys
