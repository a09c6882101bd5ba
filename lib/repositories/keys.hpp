// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a repository: files, or URLs whose keys are known by their fingerprints.
//
// What is trusted is not fetched with what it vouches for: a key from a URL is taken only if its fingerprint was named
// beforehand. Such a key is looked for on this machine first, in the directories that distributions keep keys in.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::repositories {

struct KeyRequest {
    std::string repository;                ///< its name, for messages
    std::vector<std::string> places;       ///< paths, file URLs, http and https URLs
    std::vector<std::string> fingerprints; ///< of primary keys, 40 upper-case hex digits; empty: any key of a file
};

/// Where keys are looked for by the name that a URL ends with: the directories of $ALBS_KEY_DIRS, separated by colons,
/// else /etc/pki/rpm-gpg and /usr/share/distribution-gpg-keys, and one level below each.
std::vector<std::string> key_directories();

/// The path of one file with all keys of the request; empty where there are none. What was fetched, and what is put
/// together of several, lies below DIRECTORY (WORKSPACE/metadata/keys). Kind::input for a file that is not there or
/// holds no key, for a key with another fingerprint, and for a URL without one; Kind::temporary when a key cannot be
/// fetched.
Result<std::string> key_file(const KeyRequest& request, const std::string& directory, bool offline);

} // namespace albs::repositories
