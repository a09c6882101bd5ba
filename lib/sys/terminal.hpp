// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal of the process, whatever its standard streams are.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs::sys {

/// Asks on /dev/tty and reads a line without showing it. Kind::environment without a terminal, or at its end.
Result<std::string> ask_secret(std::string_view prompt);
/// Shows again what is typed, if ask_secret() is waiting. For the signal thread.
void restore_terminal();

} // namespace albs::sys
