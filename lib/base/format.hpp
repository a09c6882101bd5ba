// SPDX-License-Identifier: GPL-3.0-or-later
// Text put together from a form and values, by fmt: format_text("{} of {}", done, all). fmt checks the form when it is
// compiled. Only fmt's small header is included; its code is in libfmt.
#pragma once
#include <fmt/core.h>
#include <string>

namespace albs {

// Not called format: with <format>, a call with a std::string would find std::format as well.
template <class... Values> std::string format_text(fmt::format_string<Values...> form, Values&&... values)
{
    return fmt::vformat(form, fmt::make_format_args(values...));
}

} // namespace albs
