// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/purl.hpp"

#include <cctype>

#include "base/text.hpp"
#include "base/url.hpp"

namespace albs {
namespace {

Status read_qualifiers(Purl& purl, std::string_view text)
{
    while (!text.empty()) {
        std::string_view one = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        std::size_t equals = one.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return fail(Kind::input, "a qualifier without '='");
        ALBS_TRY(std::string value, percent_decode(one.substr(equals + 1)));
        if (!purl.qualifiers.emplace(lower_case(one.substr(0, equals)), value).second)
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

std::string Purl::text() const
{
    std::string out = "pkg:" + type + "/";
    if (!name_space.empty())
        out += percent_encode(name_space, "/:") + "/";
    out += percent_encode(name, ":");
    if (!version.empty())
        out += "@" + percent_encode(version, ":");
    char separator = '?';
    for (const auto& [key, value] : qualifiers) {
        if (value.empty())
            continue;
        out += separator + key + "=" + percent_encode(value, ":");
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
    purl.type = lower_case(text.substr(0, first));
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
        return {lower_case(text), ""};
    return {lower_case(text.substr(0, dash)), std::string(text.substr(dash + 1))};
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
