// SPDX-License-Identifier: GPL-3.0-or-later
// The files at the top of a tree that users start from: NAME.repo and the public keys.
#pragma once
#include <set>
#include <string>

#include "keys.hpp"
#include "tree.hpp"

namespace albs::release {

struct RepoFiles {
    std::string name;
    std::string baseurl; ///< without a slash at the end
};

/// --name and --baseurl, else what the tree says of itself, else the directory's name and place.
Result<RepoFiles> site_of(const std::string& name, const std::string& baseurl, const Tree& tree,
                     const std::string& directory);
/// Writes NAME.repo (gpgcheck=1, repo_gpgcheck=1), RPM-GPG-KEY-NAME (the metadata's key) and RPM-GPG-KEY-NAME-KEYID
/// for each other allowed key. repositories are the names of those that the tree has.
Status write_site(const std::string& tree, const RepoFiles& site, const Keys& keys,
                  const std::set<std::string>& repositories);
/// Whether write_site() made this file of the top directory.
bool is_site_file(std::string_view path);

} // namespace albs::release
