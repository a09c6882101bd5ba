// SPDX-License-Identifier: GPL-3.0-or-later
// Where packages come from, as platforms and .repo files say it.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/transfer.hpp"

namespace albs::repositories {

struct Repository {
    std::string name;
    std::vector<std::string> urls = {};     ///< http, https or file; mirrors of each other, asked in this order
    std::string mirrorlist = {};            ///< URL of a list of more of them, one a line
    std::string metalink = {};              ///< URL of a metalink of its repomd.xml
    std::vector<std::string> keys = {};     ///< where its keys are, as key_file() takes them
    std::string gpgkey = {};                ///< one file of all of them; empty: nothing is signed
    bool wants_key = false;                 ///< it says that signatures are to be checked
    bool check_metadata = true;             ///< with a key: repomd.xml.asc must be there and good
    bool check_packages = true;             ///< with a key: every package must be signed by it
    int priority = 99;                      ///< lower wins
    std::vector<std::string> excludes = {}; ///< shell patterns, as dnf's excludepkgs
    std::vector<std::string> includes = {}; ///< the same of what there is alone; empty: all
    http::Access access = {};
    bool module_hotfixes = false; ///< its packages are not filtered by module streams
    bool enabled = true;
};

/// $NAME and ${NAME} of these in URLs.
struct Variables {
    std::string arch;    ///< $arch and $basearch
    std::string release; ///< $releasever, $releasever_major and $releasever_minor; empty: left as they are
};

/// A .repo file as dnf reads it. Keys that would change what is trusted or installed and are not known here are
/// Kind::input with the line; keys about dnf's own manners are skipped. A password stands there and nowhere else.
Result<std::vector<Repository>> read_repo_file(const std::string& path, const Variables& variables);

/// "FILE.repo", or "NAME=URL", or "URL" (its name is then made of it).
Result<std::vector<Repository>> parse_repository(const std::string& text, const Variables& variables);

} // namespace albs::repositories
