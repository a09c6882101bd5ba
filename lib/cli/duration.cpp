// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/duration.hpp"

#include <algorithm>

namespace albs::cli {

Result<std::int64_t> parse_duration(const std::string& text, const std::string& option)
{
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string unit = text.substr(digits);
    std::int64_t factor = unit.empty() || unit == "s" ? 1
                          : unit == "m"               ? 60
                          : unit == "h"               ? 3600
                          : unit == "d"               ? 86400
                                                      : 0;
    if (digits == 0 || digits > 9 || factor == 0 || std::stoll(text) == 0)
        return fail(Kind::usage, option + " '" + text + "' is no time", "write it as 90s, 30m, 12h or 2d");
    return std::stoll(text) * factor * 1000;
}

} // namespace albs::cli
