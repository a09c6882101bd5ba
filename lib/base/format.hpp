// SPDX-License-Identifier: GPL-3.0-or-later
// Text with values in it, by fmt. The one place that includes it, and of it the smallest header.
#pragma once
#include <string>

#include <fmt/core.h>

namespace albs {

/// "{}" stands for each value in turn; "{{" and "}}" are braces. The compiler checks the pattern. Not named format,
/// which would be ambiguous beside std::format.
template <class... Values>
std::string format_text(fmt::format_string<const Values&...> pattern, const Values&... values)
{
    return fmt::vformat(pattern, fmt::make_format_args(values...));
}

} // namespace albs
