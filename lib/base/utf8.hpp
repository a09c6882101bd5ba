// SPDX-License-Identifier: GPL-3.0-or-later
// Well-formed UTF-8 (Unicode 15, table 3-7). File names, changelogs and build logs are bytes in any encoding; what we
// write must be UTF-8 all the same, or the next tool of the pipe refuses it.
#pragma once
#include <string>
#include <string_view>

namespace albs {

/// Bytes of the well-formed sequence that text begins with, 1 to 4; 0 if it begins with none (or is empty).
std::size_t utf8_length(std::string_view text);
/// The character in UTF-8. It is no surrogate, and not beyond U+10FFFF.
void append_utf8(std::string& out, char32_t character);
/// The text with U+FFFD for each byte that belongs to no well-formed sequence.
std::string as_utf8(std::string_view text);

} // namespace albs
