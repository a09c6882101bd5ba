// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/location.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/url.hpp"

namespace albs::git {
namespace {

bool has_odd_bytes(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\'; });
}

/// The rules of git-check-ref-format(1) that matter for a name given to others.
bool is_ref(std::string_view ref)
{
    if (ref.front() == '-' || ref.front() == '/' || ref.back() == '/' || ref.back() == '.' || has_odd_bytes(ref))
        return false;
    for (std::string_view wrong : {"..", "//", "@{", "~", "^", ":", "?", "*", "[", "/."})
        if (ref.find(wrong) != std::string_view::npos)
            return false;
    return !ref.ends_with(".lock");
}

} // namespace

Result<Location> parse_location(std::string_view text)
{
    std::string shown = without_userinfo(text);
    std::size_t hash = text.find('#');
    std::string_view url = text.substr(0, hash);
    std::string scheme = url_scheme(url);
    static constexpr std::array<std::string_view, 4> allowed = {"http", "https", "ssh", "file"};
    if (std::find(allowed.begin(), allowed.end(), scheme) == allowed.end() || url.substr(scheme.size(), 3) != "://")
        return fail(Kind::usage, "'" + shown + "' is not an http, https, ssh or file URL",
                    "write ssh://USER@HOST/PATH for what git also calls USER@HOST:PATH");
    std::string_view rest = url.substr(scheme.size() + 3);
    std::string_view authority = rest.substr(0, rest.find('/'));
    std::string_view host = authority.substr(authority.rfind('@') + 1);
    // ssh takes a host that starts with a dash for an option.
    if (has_odd_bytes(url) || rest.empty() || host.starts_with("-") || authority.starts_with("-") ||
        (host.empty() && scheme != "file"))
        return fail(Kind::usage, "'" + shown + "' is not a URL that git may be given",
                    url.find(' ') == url.npos ? "" : "a blank is %20 in a URL");
    Location location;
    location.secret_url = url;
    location.url = without_userinfo(url);
    if (hash != std::string_view::npos) {
        location.ref = text.substr(hash + 1);
        // git allows '@' in names of branches.
        std::size_t at = location.ref.rfind('@');
        if (at != std::string::npos && is_full_id(std::string_view(location.ref).substr(at + 1))) {
            location.expected = location.ref.substr(at + 1);
            location.ref.resize(at);
        }
        if (location.ref.empty() || !is_ref(location.ref))
            return fail(Kind::usage,
                        format_text("'{}' in '{}' is not a branch, tag or commit name", location.ref, shown));
        if (location.ref == "HEAD")
            location.ref.clear();
    }
    return location;
}

bool is_full_id(std::string_view text)
{
    return text.size() == 40 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace albs::git
