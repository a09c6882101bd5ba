// SPDX-License-Identifier: GPL-3.0-or-later
// Text with values in it, by fmt. The one place that includes it, and of it the smallest header.
#pragma once
#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/core.h>

namespace albs {

/// Whatever is a text goes as one; fmt knows no types of ours.
template <class Value>
using Formatted = std::conditional_t<std::is_convertible_v<const Value&, std::string_view>, std::string_view, Value>;

template <class... Values> std::string format_values(fmt::string_view pattern, const Values&... values)
{
    return fmt::vformat(pattern, fmt::make_format_args(values...));
}

/// "{}" stands for each value in turn; "{{" and "}}" are braces. The compiler checks the pattern. Not named format,
/// which would be ambiguous beside std::format.
template <class... Values>
std::string format_text(fmt::format_string<const Formatted<Values>&...> pattern, const Values&... values)
{
    return format_values<Formatted<Values>...>(pattern, values...);
}

} // namespace albs
