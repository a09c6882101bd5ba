// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/iri.hpp"

#include <algorithm>

#include "base/url.hpp"
#include "base/utf8.hpp"

namespace albs::sbom {
namespace {

constexpr std::string_view sub_delimiters = "!$&'()*+,;=";
const std::string in_path = std::string(sub_delimiters) + ":@/";
const std::string in_fragment = in_path + "?";

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The character that the text begins with, of so many bytes.
char32_t character(std::string_view text, std::size_t length)
{
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    char32_t value = length == 1 ? byte(0) : byte(0) & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        value = value << 6 | (byte(i) & 0x3fU);
    return value;
}

/// ucschar of RFC 3987.
bool is_beyond_ascii(char32_t value)
{
    const bool is_plane_end = (value & 0xfffe) == 0xfffe;
    return (value >= 0xa0 && value <= 0xd7ff) || (value >= 0xf900 && value <= 0xfdcf) ||
           (value >= 0xfdf0 && value <= 0xffef) || (value >= 0x10000 && value <= 0xefffd && !is_plane_end);
}

/// A part, of whose ASCII letters, digits, "-._~", what is in keep, and percent-encoded bytes stay.
std::string encoded(std::string_view text, std::string_view keep)
{
    std::string out;
    while (!text.empty()) {
        std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
        if (text[0] == '%' && text.size() > 2 && is_hex(text[1]) && is_hex(text[2]))
            length = 3;
        const bool stays =
            length == 3 && text[0] == '%' ? true : utf8_length(text) > 1 && is_beyond_ascii(character(text, length));
        out += stays ? std::string(text.substr(0, length)) : percent_encode(text.substr(0, length), keep);
        text.remove_prefix(length);
    }
    return out;
}

/// "https" of "https://…"; empty if the text begins with no scheme.
std::string_view scheme_of(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == text.npos || colon == 0 || !is_letter(text[0]))
        return {};
    std::string_view scheme = text.substr(0, colon);
    bool is_one = std::all_of(scheme.begin(), scheme.end(),
                              [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
    return is_one ? scheme : std::string_view();
}

/// "user@[::1]:80".
std::string authority(std::string_view text)
{
    std::string out;
    if (const std::size_t at = text.rfind('@'); at != text.npos) {
        out = encoded(text.substr(0, at), std::string(sub_delimiters) + ":") + "@";
        text.remove_prefix(at + 1);
    }
    std::string_view port;
    const std::size_t colon = text.rfind(':');
    if (colon != text.npos &&
        std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(), is_digit)) {
        port = text.substr(colon);
        text = text.substr(0, colon);
    }
    const bool is_address =
        text.size() > 3 && text.front() == '[' && text.back() == ']' && text.find(':') != text.npos &&
        std::all_of(text.begin() + 1, text.end() - 1, [](char c) { return is_hex(c) || c == ':' || c == '.'; });
    return out + (is_address ? std::string(text) : encoded(text, sub_delimiters)) + std::string(port);
}

} // namespace

std::string iri_reference(std::string_view text)
{
    std::string out;
    const std::string_view scheme = scheme_of(text);
    if (!scheme.empty()) {
        out = std::string(scheme) + ":";
        text.remove_prefix(scheme.size() + 1);
    }
    const std::string_view before_fragment = text.substr(0, text.find('#'));
    const std::string_view before_query = before_fragment.substr(0, before_fragment.find('?'));
    std::string_view path = before_query;
    if (path.starts_with("//")) {
        const std::size_t end = std::min(path.find('/', 2), path.size());
        out += "//" + authority(path.substr(2, end - 2));
        path.remove_prefix(end);
    } else if (scheme.empty()) {
        // A colon in the first part would make a scheme of what is before it.
        const std::size_t end = std::min(path.find('/'), path.size());
        out += encoded(path.substr(0, end), std::string(sub_delimiters) + "@");
        path.remove_prefix(end);
    }
    out += encoded(path, in_path);
    if (before_query.size() < before_fragment.size())
        out += "?" + encoded(before_fragment.substr(before_query.size() + 1), in_fragment);
    if (before_fragment.size() < text.size())
        out += "#" + encoded(text.substr(before_fragment.size() + 1), in_fragment);
    return out;
}

} // namespace albs::sbom
