// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/purl.hpp"

#include <cctype>

namespace albs {
namespace {

bool unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '~' || c == ':';
}

int hex_value(char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::size_t at = digits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
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

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

Status read_qualifiers(Purl& purl, std::string_view text)
{
    while (!text.empty()) {
        std::string_view one = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        std::size_t equals = one.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return fail(Kind::input, "a qualifier without '='");
        ALBS_TRY(std::string value, percent_decode(one.substr(equals + 1)));
        if (!purl.qualifiers.emplace(lower(one.substr(0, equals)), value).second)
            return fail(Kind::input, "a qualifier twice");
    }
    return {};
}

// A CPE attribute value: letters, digits, '_', '-', '.' stand for themselves, other printable ones behind a backslash.
bool append_cpe(std::string& out, std::string_view text)
{
    for (char c : text) {
        bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
        if (static_cast<unsigned char>(c) >= 0x7f || c <= ' ')
            return false;
        if (!plain)
            out += '\\';
        out += c;
    }
    return !text.empty();
}

} // namespace

std::string percent_encode(std::string_view text, std::string_view keep)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        if (unreserved(c) || keep.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

std::string Purl::text() const
{
    std::string out = "pkg:" + type + "/";
    if (!name_space.empty())
        out += percent_encode(name_space, "/") + "/";
    out += percent_encode(name);
    if (!version.empty())
        out += "@" + percent_encode(version);
    char separator = '?';
    for (const auto& [key, value] : qualifiers) {
        if (value.empty())
            continue;
        out += separator + key + "=" + percent_encode(value);
        separator = '&';
    }
    return out;
}

Result<Purl> Purl::parse(std::string_view text)
{
    Purl purl;
    if (text.substr(0, 4) != "pkg:")
        return fail(Kind::input, "a package URL starts with 'pkg:'");
    text.remove_prefix(4);
    if (std::size_t question = text.find('?'); question != std::string_view::npos) {
        ALBS_CHECK(read_qualifiers(purl, text.substr(question + 1)));
        text = text.substr(0, question);
    }
    if (std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        ALBS_TRY(purl.version, percent_decode(text.substr(at + 1)));
        text = text.substr(0, at);
    }
    std::size_t first = text.find('/');
    std::size_t last = text.rfind('/');
    if (first == std::string_view::npos || first == 0 || last + 1 == text.size())
        return fail(Kind::input, "a package URL has a type and a name");
    purl.type = lower(text.substr(0, first));
    ALBS_TRY(purl.name, percent_decode(text.substr(last + 1)));
    if (last > first) {
        ALBS_TRY(purl.name_space, percent_decode(text.substr(first + 1, last - first - 1)));
    }
    return purl;
}

Distro Distro::parse(std::string_view text)
{
    std::size_t dash = text.rfind('-');
    bool versioned = dash != std::string_view::npos && dash + 1 < text.size() &&
                     std::isdigit(static_cast<unsigned char>(text[dash + 1])) != 0;
    if (!versioned)
        return {lower(text), ""};
    return {lower(text.substr(0, dash)), std::string(text.substr(dash + 1))};
}

Purl rpm_purl(const RpmInfo& rpm, const Distro& distro)
{
    Purl purl{.type = "rpm",
              .name_space = distro.id,
              .name = rpm.name,
              .version = rpm.version + "-" + rpm.release,
              .qualifiers = {{"arch", rpm.arch}}};
    if (rpm.epoch && *rpm.epoch != 0)
        purl.qualifiers["epoch"] = std::to_string(*rpm.epoch);
    if (!distro.id.empty() && !distro.version.empty())
        purl.qualifiers["distro"] = distro.id + "-" + distro.version;
    if (rpm.sourcerpm)
        purl.qualifiers["upstream"] = *rpm.sourcerpm;
    return purl;
}

std::string rpm_cpe(const RpmInfo& rpm, const Distro& distro)
{
    std::string cpe = "cpe:2.3:a:";
    if (!append_cpe(cpe, distro.id))
        return {};
    cpe += ":";
    if (!append_cpe(cpe, rpm.name))
        return {};
    cpe += ":";
    std::string epoch = rpm.epoch && *rpm.epoch != 0 ? std::to_string(*rpm.epoch) + ":" : "";
    if (!append_cpe(cpe, epoch + rpm.version + "-" + rpm.release))
        return {};
    return cpe + ":*:*:*:*:*:*:*";
}

} // namespace albs
