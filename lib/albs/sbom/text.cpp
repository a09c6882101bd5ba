// SPDX-License-Identifier: GPL-3.0-or-later
// Headers of old packages hold Latin-1 and worse; documents are UTF-8.
#include "albs/sbom/graph.hpp"

#include "base/utf8.hpp"

namespace albs::sbom {
namespace {

/// "\xe9" as it stands: it must not become what the byte e9 is written as, or two file names would be one.
bool looks_escaped(std::string_view bytes)
{
    auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return bytes.size() >= 4 && bytes[0] == '\\' && bytes[1] == 'x' && is_digit(bytes[2]) && is_digit(bytes[3]);
}

} // namespace

std::string valid_text(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        std::size_t length = utf8_length(bytes);
        auto first = static_cast<unsigned char>(bytes[0]);
        bool control = (first < 0x20 && first != '\n' && first != '\t') || first == 0x7f;
        if (length == 0 || control || looks_escaped(bytes)) {
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
