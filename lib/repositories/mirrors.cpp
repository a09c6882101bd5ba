// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>

#include "base/url.hpp"
#include "http/library.hpp"
#include "metalink/library.hpp"
#include "repositories/sync.hpp"

namespace albs::repositories {
namespace {

constexpr std::string_view index_path = "/repodata/repomd.xml";

void add(std::vector<std::string>& bases, std::string url)
{
    while (url.ends_with('/'))
        url.pop_back();
    if (!url.empty() && std::find(bases.begin(), bases.end(), url) == bases.end())
        bases.push_back(std::move(url));
}

void read_mirrorlist(std::string_view text, std::vector<std::string>& bases)
{
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.pop_back();
        std::string scheme = url_scheme(line);
        if (scheme == "http" || scheme == "https" || scheme == "file") // comments and other protocols are not for us
            add(bases, line);
    }
}

} // namespace

std::string join_url(const std::string& base, const std::string& path)
{
    std::string url = base.ends_with('/') ? base : base + "/";
    // As people write the directory; all else in it is a URL already.
    for (std::size_t at = url.find(' '); at != url.npos; at = url.find(' ', at))
        url.replace(at, 1, "%20");
    for (std::size_t at = 0; at < path.size();) {
        std::size_t percent = path.find('%', at);
        bool is_code = percent != path.npos && percent + 2 < path.size() && std::isxdigit(path[percent + 1]) != 0 &&
                       std::isxdigit(path[percent + 2]) != 0;
        std::size_t end = percent == path.npos ? path.size() : is_code ? percent : percent + 1;
        url += percent_encode(std::string_view(path).substr(at, end - at), "/");
        if (is_code)
            url += path.substr(percent, 3);
        at = is_code ? percent + 3 : end;
    }
    return url;
}

Result<Mirrors> find_mirrors(const Repository& repository, const Settings&)
{
    Mirrors mirrors;
    http::Options transfer;
    transfer.access = repository.access;
    for (const std::string& url : repository.urls)
        add(mirrors.bases, url);
    const std::string who = "repository '" + repository.name + "'";
    if (!repository.mirrorlist.empty()) {
        auto list = http::library().get_if_changed(repository.mirrorlist, {}, transfer);
        if (list)
            read_mirrorlist(list->body, mirrors.bases);
        else if (mirrors.bases.empty())
            return fail(std::move(list).error(), who);
    }
    if (!repository.metalink.empty()) {
        // Its digests are as good as a signature where it comes over https: without it there is no trust.
        auto text = http::library().get_if_changed(repository.metalink, {}, transfer);
        if (!text)
            return fail(std::move(text).error(), who);
        auto link = metalink::library().read(text->body, "repomd.xml");
        if (!link)
            return fail(std::move(link).error(), who);
        for (const std::string& url : link->urls)
            if (url.ends_with(index_path))
                add(mirrors.bases, url.substr(0, url.size() - index_path.size()));
        for (const metalink::Version& version : link->versions)
            if (!version.sha256.empty())
                mirrors.versions.push_back(version.sha256);
        if (mirrors.versions.empty())
            return fail(Kind::input, who + ": the metalink has no SHA-256 of repomd.xml");
    }
    if (mirrors.bases.empty())
        return fail(Kind::input, who + " has no mirror that can be reached by http, https or file");
    return mirrors;
}

} // namespace albs::repositories
