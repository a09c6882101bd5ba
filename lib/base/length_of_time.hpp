// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths of time as people read them.
#pragma once
#include <cstdint>
#include <string>

namespace albs {

/// "0.4 s", "42 s", "3 min 5 s", "2 h 10 min", "4 d 3 h": the two largest units, rounded down.
std::string told_length(std::int64_t milliseconds);

} // namespace albs
