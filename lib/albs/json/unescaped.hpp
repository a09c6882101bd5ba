// SPDX-License-Identifier: GPL-3.0-or-later
// How far a JSON text stands for itself: most of a manifest is base64, and is passed over eight bytes at a time.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace albs {

/// Bytes at the front of text that are printable ASCII but for the quotation mark and the backslash. DEL counts.
inline std::size_t unescaped_length(std::string_view text)
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t tops = 0x8080808080808080;
    std::size_t done = 0;
    for (; done + 8 <= text.size(); done += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + done, 8);
        std::uint64_t quote = word ^ ones * '"';
        std::uint64_t backslash = word ^ ones * '\\';
        // A top bit for a byte that is not ASCII, below a space, or zero after the exclusive or. A borrow can mark a
        // byte too many behind one that is marked rightly, never one too few.
        if (((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones)) & tops) != 0)
            break;
    }
    for (; done < text.size(); ++done) {
        auto byte = static_cast<unsigned char>(text[done]);
        if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\')
            break;
    }
    return done;
}

} // namespace albs
