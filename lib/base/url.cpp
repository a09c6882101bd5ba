// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/url.hpp"

#include <algorithm>
#include <cctype>

namespace albs {
namespace {

bool is_unreserved(char c)
{
    auto byte = static_cast<unsigned char>(c);
    return (byte < 0x80 && std::isalnum(byte) != 0) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::size_t at = digits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return at == digits.npos ? -1 : static_cast<int>(at);
}

} // namespace

std::string url_scheme(std::string_view text)
{
    std::string scheme;
    for (char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '+' && c != '-' && c != '.')
            break;
        scheme += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    std::string_view rest = text.substr(scheme.size());
    return rest.starts_with("://") || rest.starts_with("::") ? scheme : "";
}

std::string without_userinfo(std::string_view url)
{
    std::string scheme = url_scheme(url);
    std::size_t start = scheme.size() + 3;
    if (scheme.empty() || url.substr(scheme.size(), 3) != "://")
        return std::string(url);
    std::string_view authority = url.substr(start, url.find_first_of("/?#", start) - start);
    // The last @: a password may hold one, a host may not.
    std::size_t at = authority.rfind('@');
    if (at == std::string_view::npos)
        return std::string(url);
    std::string_view user = authority.substr(0, std::min(authority.find(':'), at));
    std::string kept(url.substr(0, start));
    if (scheme == "ssh")
        kept += std::string(user) + "@";
    return kept + std::string(url.substr(start + at + 1));
}

std::string without_secrets(std::string_view url)
{
    std::string kept = without_userinfo(url);
    std::string scheme = url_scheme(kept);
    std::size_t query = kept.find_first_of("?#");
    if ((scheme == "http" || scheme == "https") && query != std::string::npos && kept[query] == '?')
        kept.erase(query, std::min(kept.find('#', query), kept.size()) - query);
    return kept;
}

std::string percent_encode(std::string_view text, std::string_view keep)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c) || keep.find(c) != keep.npos)
            out += c;
        else
            out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

Result<std::string> percent_decode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return fail(Kind::input, "a '%' without two hex digits");
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

} // namespace albs
