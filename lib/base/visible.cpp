// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/visible.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "base/utf8.hpp"

namespace albs {
namespace {

bool is_hidden(std::uint32_t c)
{
    constexpr std::pair<std::uint32_t, std::uint32_t> hidden[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},       {0x034f, 0x034f},   {0x0600, 0x0605}, {0x061c, 0x061c},
        {0x06dd, 0x06dd}, {0x070f, 0x070f}, {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f}, {0x200b, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164},   {0xe000, 0xf8ff},   {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
        {0xffa0, 0xffa0}, {0xfff0, 0xffff}, {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff}};
    return std::any_of(std::begin(hidden), std::end(hidden),
                       [&](const auto& range) { return c >= range.first && c <= range.second; });
}

std::uint32_t byte_at(std::string_view text, std::size_t at)
{
    return static_cast<unsigned char>(text[at]);
}

// Of a well-formed sequence.
std::uint32_t code_point(std::string_view sequence)
{
    if (sequence.size() == 1)
        return byte_at(sequence, 0);
    std::uint32_t value = byte_at(sequence, 0) & (0x7fU >> sequence.size());
    for (std::size_t i = 1; i < sequence.size(); ++i)
        value = value << 6 | (byte_at(sequence, i) & 0x3f);
    return value;
}

void append_escaped(std::string& out, std::uint32_t byte)
{
    constexpr std::string_view letters = "abtnvfr"; // of 7 to 13
    out += '\\';
    if (byte >= 7 && byte <= 13) {
        out += letters[byte - 7];
        return;
    }
    for (unsigned shift : {6U, 3U, 0U})
        out += static_cast<char>('0' + (byte >> shift & 7));
}

} // namespace

bool is_visible(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t bytes = utf8_length(text);
        if (bytes == 0 || is_hidden(code_point(text.substr(0, bytes))))
            return false;
        text.remove_prefix(bytes);
    }
    return true;
}

std::string escape_hidden(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t bytes = utf8_length(text);
        const std::string_view one = text.substr(0, std::max<std::size_t>(bytes, 1));
        if (bytes > 0 && !is_hidden(code_point(one)))
            out += one;
        else
            for (std::size_t i = 0; i < one.size(); ++i)
                append_escaped(out, byte_at(one, i));
        text.remove_prefix(one.size());
    }
    return out;
}

} // namespace albs
