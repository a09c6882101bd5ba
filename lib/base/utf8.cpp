// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.hpp"

#include <cstdint>

namespace albs {
namespace {

bool between(std::string_view text, std::size_t at, unsigned low, unsigned high)
{
    if (at >= text.size())
        return false;
    auto byte = static_cast<std::uint8_t>(text[at]);
    return byte >= low && byte <= high;
}

} // namespace

std::size_t utf8_length(std::string_view text)
{
    if (between(text, 0, 0x00, 0x7f))
        return 1;
    if (between(text, 0, 0xc2, 0xdf))
        return between(text, 1, 0x80, 0xbf) ? 2 : 0;
    // The second byte's range refuses overlong forms (E0, F0), surrogates (ED) and what is beyond U+10FFFF (F4).
    if (between(text, 0, 0xe0, 0xef)) {
        bool second = between(text, 0, 0xe0, 0xe0)   ? between(text, 1, 0xa0, 0xbf)
                      : between(text, 0, 0xed, 0xed) ? between(text, 1, 0x80, 0x9f)
                                                     : between(text, 1, 0x80, 0xbf);
        return second && between(text, 2, 0x80, 0xbf) ? 3 : 0;
    }
    if (between(text, 0, 0xf0, 0xf4)) {
        bool second = between(text, 0, 0xf0, 0xf0)   ? between(text, 1, 0x90, 0xbf)
                      : between(text, 0, 0xf4, 0xf4) ? between(text, 1, 0x80, 0x8f)
                                                     : between(text, 1, 0x80, 0xbf);
        return second && between(text, 2, 0x80, 0xbf) && between(text, 3, 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
}

void append_utf8(std::string& out, char32_t character)
{
    auto add = [&](char32_t lead, unsigned shift) { out += static_cast<char>(lead | (character >> shift & 0x3f)); };
    if (character < 0x80) {
        out += static_cast<char>(character);
        return;
    }
    if (character < 0x800) {
        add(0xc0, 6);
    } else if (character < 0x10000) {
        add(0xe0, 12);
        add(0x80, 6);
    } else {
        add(0xf0, 18);
        add(0x80, 12);
        add(0x80, 6);
    }
    add(0x80, 0);
}

std::string as_utf8(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        std::size_t length = utf8_length(text);
        clean += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return clean;
}

} // namespace albs
