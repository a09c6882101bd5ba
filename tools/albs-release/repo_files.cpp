// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo_files.hpp"

#include <algorithm>
#include <cctype>

#include "base/format.hpp"
#include "base/url.hpp"
#include "sys/file.hpp"

namespace albs::release {
namespace {

std::string key_file(const RepoFiles& site, const Keys& keys, const Certificate& certificate)
{
    std::string name = "RPM-GPG-KEY-" + site.name;
    if (certificate.fingerprint == keys.key())
        return name;
    std::string id = certificate.fingerprint.substr(certificate.fingerprint.size() - 16);
    return name + "-" + id;
}

std::string section(const RepoFiles& site, const std::string& id, const std::string& title, const std::string& path,
                    bool enabled, const std::string& key_urls)
{
    return format_text("[{}]\nname={}\nbaseurl={}/{}/\nenabled={}\ngpgcheck=1\nrepo_gpgcheck=1\ngpgkey={}\n", id, title,
                       site.baseurl, path, enabled ? "1" : "0", key_urls);
}

bool any_ends_with(const std::set<std::string>& names, std::string_view end)
{
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name.ends_with(end);
    });
}

} // namespace

Result<RepoFiles> site_of(const std::string& name, const std::string& baseurl, const Tree& tree,
                     const std::string& directory)
{
    RepoFiles site{name, baseurl};
    if (site.name.empty())
        site.name = tree.history ? tree.history->name : sys::base_name(directory);
    if (site.baseurl.empty())
        site.baseurl = tree.history ? tree.history->baseurl : "file://" + percent_encode(directory, "/");
    while (!site.baseurl.empty() && site.baseurl.back() == '/')
        site.baseurl.pop_back();
    // The name is a file name, a repository id of dnf and a section of an INI file.
    bool good =
        !site.name.empty() && site.name[0] != '.' && std::all_of(site.name.begin(), site.name.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                   std::string_view("-_.:").find(c) != std::string_view::npos;
        });
    if (!good)
        return fail(Kind::usage, "'" + site.name + "' cannot be the name of a repository",
                    "give one with --name: letters, digits and '-_.:'");
    if (site.baseurl.empty() || site.baseurl.find_first_of(" \t\r\n") != std::string::npos)
        return fail(Kind::usage, "'" + site.baseurl + "' cannot be a base URL",
                    "give one with --baseurl, %20 for a space");
    return site;
}

Status write_site(const std::string& tree, const RepoFiles& site, const Keys& keys,
                  const std::set<std::string>& repositories)
{
    std::string urls;
    std::vector<Certificate> certificates = {keys.own()};
    for (const Certificate& certificate : keys.allowed())
        if (certificate.fingerprint != keys.key())
            certificates.push_back(certificate);
    for (const Certificate& certificate : certificates) {
        std::string file = key_file(site, keys, certificate);
        ALBS_CHECK(sys::write_file(tree + "/" + file, certificate.armored));
        urls += (urls.empty() ? "" : " ") + site.baseurl + "/" + file;
    }
    std::string text = section(site, site.name, site.name, "$basearch/os", true, urls);
    if (any_ends_with(repositories, "/debug"))
        text += "\n" + section(site, site.name + "-debuginfo", site.name + " - debug", "$basearch/debug", false, urls);
    if (repositories.count("source") != 0)
        text += "\n" + section(site, site.name + "-source", site.name + " - source", "source", false, urls);
    return sys::write_file(tree + "/" + site.name + ".repo", text);
}

bool is_site_file(std::string_view path)
{
    if (path.find('/') != std::string_view::npos)
        return false;
    return path.substr(0, 12) == "RPM-GPG-KEY-" || path == "release.json" || path == "release.json.asc" ||
           (path.size() > 5 && path.substr(path.size() - 5) == ".repo");
}

} // namespace albs::release
