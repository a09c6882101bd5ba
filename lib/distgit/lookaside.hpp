// SPDX-License-Identifier: GPL-3.0-or-later
// Where on a lookaside server a file may be: what --lookaside URL means.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::distgit {

/// What placeholders stand for.
struct LookasideNames {
    std::string name;      ///< {name} of the package
    std::string file;      ///< {file} without directories
    std::string hash;      ///< {hash} lower-case hex
    std::string hash_type; ///< {hashtype} "sha512"
    std::string branch;    ///< {branch}; empty when the source is no branch's tip
};

/// The URL of a server that is known by its name ("almalinux", "centos", "fedora"); anything else as it is.
std::string named_lookaside(const std::string& name);
/// The name of the server that goes with a well-known dist-git, by the URL of the repository; else "URL".
std::string lookaside_of(const std::string& repository);

/// Kind::usage for a URL that is not http, https or file, or has another placeholder than those.
Status check_lookaside(const std::string& url);

/// The URLs to try, in order. With placeholders: that one. Without: the layouts that are known, below the URL:
/// HASH (AlmaLinux, OpenELA), NAME/FILE/HASHTYPE/HASH/FILE (Fedora, CentOS Stream), NAME/BRANCH/HASH (git.centos.org),
/// NAME/FILE/HASH/FILE (Fedora's md5 time). What needs a branch is left out when there is none.
std::vector<std::string> lookaside_urls(const std::string& url, const LookasideNames& names);

} // namespace albs::distgit
