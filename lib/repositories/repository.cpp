// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/repository.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>

#include "base/text.hpp"
#include "base/url.hpp"
#include "sys/given_file.hpp"

namespace albs::repositories {
namespace {

std::string substitute(std::string text, const Variables& variables)
{
    std::size_t point = variables.release.find('.');
    std::string major = variables.release.substr(0, point);
    std::string minor = point == std::string::npos ? "" : variables.release.substr(point + 1);
    // The longest first: $releasever_major is no $releasever.
    const std::pair<const char*, const std::string&> known[] = {{"releasever_major", major},
                                                                {"releasever_minor", minor},
                                                                {"releasever", variables.release},
                                                                {"basearch", variables.arch},
                                                                {"arch", variables.arch}};
    for (const auto& [name, value] : known)
        for (const std::string& form : {"${" + std::string(name) + "}", "$" + std::string(name)})
            for (std::size_t at = text.find(form); !value.empty() && at != text.npos; at = text.find(form, at))
                text.replace(at, form.size(), value);
    return text;
}

std::vector<std::string> words(const std::string& text)
{
    std::vector<std::string> list;
    std::string word;
    for (char letter : text + " ") {
        if (letter != ' ' && letter != ',' && letter != '\t' && letter != '\n')
            word += letter;
        else if (!word.empty())
            list.push_back(std::exchange(word, {}));
    }
    return list;
}

Result<bool> parse_bool(const std::string& text)
{
    for (const char* yes : {"1", "yes", "true", "on", "True"})
        if (text == yes)
            return true;
    for (const char* no : {"0", "no", "false", "off", "False"})
        if (text == no)
            return false;
    return fail(Kind::input, "'" + text + "' is neither 1 nor 0");
}

/// dnf's own manners, which have no say in what is trusted or installed.
bool is_manner(const std::string& key)
{
    static const std::set<std::string> manners = {"name",
                                                  "metadata_expire",
                                                  "countme",
                                                  "type",
                                                  "failovermethod",
                                                  "skip_if_unavailable",
                                                  "keepcache",
                                                  "timeout",
                                                  "retries",
                                                  "fastestmirror",
                                                  "bandwidth",
                                                  "throttle",
                                                  "deltarpm",
                                                  "cost",
                                                  "enabled_metadata",
                                                  "enablegroups",
                                                  "ip_resolve",
                                                  "proxy_auth_method",
                                                  "sslverifystatus",
                                                  "max_parallel_downloads",
                                                  "mirrorlist_expire",
                                                  "minrate",
                                                  "http_caching",
                                                  "best"};
    return manners.count(key) != 0;
}

Status set_flag(bool& flag, const std::string& value)
{
    ALBS_TRY(flag, parse_bool(value));
    return {};
}

/// Where a value of how the server is asked goes; null: it is something else.
std::string* access_of(http::Access& access, const std::string& key)
{
    const std::pair<const char*, std::string*> known[] = {{"sslcacert", &access.authorities},
                                                          {"sslclientcert", &access.client_certificate},
                                                          {"sslclientkey", &access.client_key},
                                                          {"username", &access.user},
                                                          {"password", &access.password},
                                                          {"proxy_username", &access.proxy_user},
                                                          {"proxy_password", &access.proxy_password}};
    for (const auto& [name, place] : known)
        if (key == name)
            return place;
    return nullptr;
}

Status set(Repository& repository, const std::string& key, const std::string& raw, const Variables& variables)
{
    // A password may have a dollar.
    std::string value = key.ends_with("password") ? raw : substitute(raw, variables);
    if (key == "baseurl")
        repository.urls = words(value);
    else if (key == "mirrorlist")
        repository.mirrorlist = value;
    else if (key == "metalink")
        repository.metalink = value;
    else if (key == "gpgkey")
        repository.keys = words(value);
    else if (key == "priority") {
        char* end = nullptr;
        long number = std::strtol(value.c_str(), &end, 10);
        if (*end != '\0' || value.empty() || number < -10000 || number > 10000)
            return fail(Kind::input, "'" + value + "' is no priority");
        repository.priority = static_cast<int>(number);
    } else if (key == "exclude" || key == "excludepkgs")
        repository.excludes = words(value);
    else if (key == "includepkgs")
        repository.includes = words(value);
    else if (key == "gpgcheck" || key == "pkg_gpgcheck" || key == "repo_gpgcheck") {
        bool& flag = key == "repo_gpgcheck" ? repository.check_metadata : repository.check_packages;
        ALBS_CHECK(set_flag(flag, value));
        repository.wants_key = repository.wants_key || flag;
    } else if (key == "module_hotfixes")
        return set_flag(repository.module_hotfixes, value);
    else if (key == "enabled")
        return set_flag(repository.enabled, value);
    else if (key == "sslverify")
        return set_flag(repository.access.verify, value);
    else if (std::string* text = access_of(repository.access, key))
        *text = value;
    else if (key == "proxy")
        repository.access.proxy = value == "_none_" ? "" : value;
    else if (!is_manner(key))
        return fail(Kind::input, "'" + key + "' is not known here");
    return {};
}

Status check(const Repository& repository)
{
    if (repository.urls.empty() && repository.mirrorlist.empty() && repository.metalink.empty())
        return fail(Kind::input, "repository '" + repository.name + "' has no baseurl, mirrorlist or metalink");
    return {};
}

} // namespace

Result<std::vector<Repository>> read_repo_file(const std::string& path, const Variables& variables)
{
    ALBS_TRY(std::string text, sys::read_given(path, std::size_t{1} << 20));
    std::vector<Repository> list;
    std::string key;
    std::string value;
    std::string where;
    bool skip = false; // the section of dnf itself
    auto flush = [&]() -> Status {
        if (!key.empty() && !skip && !list.empty())
            if (Status done = set(list.back(), key, value, variables); !done)
                return fail(std::move(done).error(), where);
        key.clear();
        return {};
    };
    int number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view raw = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        std::string line(trimmed(raw));
        if (line.empty() || line[0] == '#' || line[0] == ';')
            continue;
        if ((raw[0] == ' ' || raw[0] == '\t') && !key.empty()) {
            value += "\n" + line;
            continue;
        }
        ALBS_CHECK(flush());
        where = "'" + path + "', line " + std::to_string(number);
        std::size_t equals = line.find('=');
        if (line[0] == '[' && line.back() == ']') {
            skip = line == "[main]";
            if (!skip)
                list.push_back({.name = line.substr(1, line.size() - 2)});
        } else if (equals == line.npos || (list.empty() && !skip))
            return fail(Kind::input, where + ": it is neither [NAME] nor KEY=VALUE below one");
        else {
            key = trimmed(std::string_view(line).substr(0, equals));
            value = trimmed(std::string_view(line).substr(equals + 1));
        }
    }
    ALBS_CHECK(flush());
    for (const Repository& repository : list)
        if (Status done = check(repository); !done)
            return fail(std::move(done).error(), "'" + path + "'");
    return list;
}

Result<std::vector<Repository>> parse_repository(const std::string& text, const Variables& variables)
{
    if (text.ends_with(".repo") && url_scheme(text).empty())
        return read_repo_file(text, variables);
    std::size_t equals = text.find('=');
    bool named = equals != text.npos && text.find_first_of(":/") > equals;
    Repository repository;
    std::string url = substitute(named ? text.substr(equals + 1) : text, variables);
    if (url.starts_with('/'))
        url.insert(0, "file://");
    std::string scheme = url_scheme(url);
    bool is_url = scheme == "http" || scheme == "https" || scheme == "file";
    if (named)
        repository.name = text.substr(0, equals);
    else if (is_url)
        for (unsigned char letter : without_userinfo(url).substr(scheme.size() + 3))
            repository.name +=
                std::isalnum(letter) != 0 || letter == '.' || letter == '-' ? static_cast<char>(letter) : '_';
    if (!is_url || repository.name.empty())
        return fail(Kind::usage, "'" + text + "' is no repository", "write FILE.repo, URL or NAME=URL");
    repository.urls = {url};
    return std::vector<Repository>{std::move(repository)};
}

} // namespace albs::repositories
