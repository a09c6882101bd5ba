// SPDX-License-Identifier: GPL-3.0-or-later
// Headers of old packages hold Latin-1 and worse; documents are UTF-8.
#include "albs/sbom/graph.hpp"

namespace albs::sbom {
namespace {

// Length of the valid UTF-8 sequence at the start (RFC 3629); 0 when there is none.
std::size_t sequence(std::string_view text)
{
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length)
        return 0;
    unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (byte(1) < low || byte(1) > high)
        return 0;
    for (std::size_t i = 2; i < length; ++i)
        if (byte(i) < 0x80 || byte(i) > 0xbf)
            return 0;
    return length;
}

} // namespace

std::string valid_text(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        std::size_t length = sequence(bytes);
        auto first = static_cast<unsigned char>(bytes[0]);
        bool control = (first < 0x20 && first != '\n' && first != '\t') || first == 0x7f;
        if (length == 0 || control) {
            out += "\\x";
            out += digits[first >> 4];
            out += digits[first & 15];
            length = 1;
        } else {
            out.append(bytes.substr(0, length));
        }
        bytes.remove_prefix(length);
    }
    return out;
}

} // namespace albs::sbom
