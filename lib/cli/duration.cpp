// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/duration.hpp"

#include "base/time.hpp"

namespace albs::cli {

Result<std::int64_t> parse_duration(const std::string& text, const std::string& option)
{
    std::optional<Seconds> length = parse_length_of_time(text);
    if (!length)
        return fail(Kind::usage, option + " '" + text + "' is no time", "write it as 90s, 30m, 12h or 2d");
    return *length * 1000;
}

} // namespace albs::cli
