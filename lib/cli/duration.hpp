// SPDX-License-Identifier: GPL-3.0-or-later
// Times of options, as people write them: 90s, 30m, 12h, 2d.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace albs::cli {

/// Milliseconds; a number without a unit is of seconds. Kind::usage, naming the option, for what is no time, or none.
Result<std::int64_t> parse_duration(const std::string& text, const std::string& option = "--timeout");

} // namespace albs::cli
