// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/length_of_time.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace albs {

std::string told_length(std::int64_t milliseconds)
{
    const std::int64_t tenths = std::max<std::int64_t>(milliseconds, 0) / 100;
    const std::int64_t seconds = tenths / 10;
    if (seconds < 10 && tenths % 10 != 0)
        return format_text("{}.{} s", seconds, tenths % 10);
    if (seconds < 60)
        return format_text("{} s", seconds);
    const std::int64_t minutes = seconds / 60;
    if (minutes < 60)
        return format_text("{} min {} s", minutes, seconds % 60);
    const std::int64_t hours = minutes / 60;
    if (hours < 24)
        return format_text("{} h {} min", hours, minutes % 60);
    return format_text("{} d {} h", hours / 24, hours % 24);
}

} // namespace albs
