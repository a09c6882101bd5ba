// SPDX-License-Identifier: GPL-3.0-or-later
#include "distgit/lookaside.hpp"

#include <optional>

#include "base/url.hpp"

namespace albs::distgit {
namespace {

struct Known {
    std::string_view name;
    std::string_view host; ///< of the dist-git that goes with it
    std::string_view url;
};
constexpr Known known_servers[] = {
    {"almalinux", "://git.almalinux.org/", "https://sources.almalinux.org/{hash}"},
    {"centos", "://gitlab.com/redhat/centos-stream/",
     "https://sources.stream.centos.org/sources/rpms/{name}/{file}/{hashtype}/{hash}/{file}"},
    {"fedora", "://src.fedoraproject.org/",
     "https://src.fedoraproject.org/repo/pkgs/rpms/{name}/{file}/{hashtype}/{hash}/{file}"},
};

constexpr const char* known_layouts[] = {"{hash}", "{name}/{file}/{hashtype}/{hash}/{file}", "{name}/{branch}/{hash}",
                                         "{name}/{file}/{hash}/{file}"};

/// The value of a placeholder without its braces; nothing for an unknown one.
std::optional<std::string> value_of(std::string_view placeholder, const LookasideNames& names)
{
    if (placeholder == "name")
        return names.name;
    if (placeholder == "file")
        return names.file;
    if (placeholder == "hash")
        return names.hash;
    if (placeholder == "hashtype")
        return names.hash_type;
    if (placeholder == "branch")
        return names.branch;
    return std::nullopt;
}

/// Empty if a placeholder in it has no value.
std::string filled(std::string_view pattern, const LookasideNames& names)
{
    std::string url;
    while (!pattern.empty()) {
        std::size_t open = pattern.find('{');
        std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        url += pattern.substr(0, open);
        if (close == std::string_view::npos)
            break;
        std::string value = value_of(pattern.substr(open + 1, close - open - 1), names).value_or("");
        if (value.empty())
            return {};
        url += percent_encode(value);
        pattern.remove_prefix(close + 1);
    }
    return url;
}

} // namespace

std::string named_lookaside(const std::string& name)
{
    for (const Known& known : known_servers)
        if (known.name == name)
            return std::string(known.url);
    return name;
}

std::string lookaside_of(const std::string& repository)
{
    for (const Known& known : known_servers)
        if (repository.find(known.host) != std::string::npos)
            return std::string(known.name);
    return "URL";
}

Status check_lookaside(const std::string& url)
{
    std::string scheme = url_scheme(url);
    if (scheme != "http" && scheme != "https" && scheme != "file")
        return fail(Kind::usage, "--lookaside '" + without_userinfo(url) + "' is not an http, https or file URL",
                    "known by name are almalinux, centos and fedora");
    for (std::size_t at = url.find('{'); at != std::string::npos; at = url.find('{', at + 1)) {
        std::size_t close = url.find('}', at);
        if (close == std::string::npos || !value_of(std::string_view(url).substr(at + 1, close - at - 1), {}))
            return fail(Kind::usage, "--lookaside '" + without_userinfo(url) + "' has an unknown placeholder",
                        "known are {name} {file} {hash} {hashtype} {branch}");
    }
    return {};
}

std::vector<std::string> lookaside_urls(const std::string& url, const LookasideNames& names)
{
    std::vector<std::string> urls;
    auto add = [&](const std::string& pattern) {
        if (std::string one = filled(pattern, names); !one.empty())
            urls.push_back(std::move(one));
    };
    if (url.find('{') != std::string::npos) {
        add(url);
        return urls;
    }
    std::string base = url.back() == '/' ? url : url + "/";
    for (const char* layout : known_layouts)
        add(base + layout);
    return urls;
}

} // namespace albs::distgit
