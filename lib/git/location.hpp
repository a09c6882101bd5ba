// SPDX-License-Identifier: GPL-3.0-or-later
// "URL#REF" or "URL#REF@COMMIT" as a user writes it, and what of it may be given to git.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs::git {

struct Location {
    std::string url;        ///< without user name and password: this is recorded
    std::string secret_url; ///< as it was given, for git only; equal to url if there was no secret in it
    /// Branch, tag, commit id (full or abbreviated) or "refs/…"; empty: the default branch, which is also "HEAD".
    std::string ref;
    std::string expected = {}; ///< full id of the commit that it has to be; empty: any
};

/// Only http, https, ssh and file URLs: git's remote helpers (ext::, fd::) run commands. Kind::usage for anything else,
/// for control characters, and for a URL or ref with which git could be given an option.
Result<Location> parse_location(std::string_view text);

bool is_full_id(std::string_view text); ///< 40 lower-case hex digits

} // namespace albs::git
