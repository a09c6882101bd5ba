// SPDX-License-Identifier: GPL-3.0-or-later
// What was downloaded and not used for a while. A file was last used when it was last read, as its time of access says;
// many file systems do not keep that on their own, so who uses one says so.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::repositories {

/// Its time of access is now. A file that is not there or cannot be marked is passed over: it only goes sooner.
void mark_used(const std::string& path);

struct Garbage {
    std::int64_t before = 0; ///< seconds since 1970: what was used then or later stays
    bool is_dry = false;     ///< nothing is removed, only counted
};

struct PackageFiles {
    std::int64_t count = 0;
    std::int64_t size = 0;    ///< bytes
    std::int64_t removed = 0; ///< of count; in a dry run what would be
    std::int64_t freed = 0;   ///< bytes, of size
};

/// Package files below WORKSPACE/dnf, and what broken transfers left there. Those that are needed, by SHA-256, stay.
/// Nothing is removed while somebody fetches.
Result<PackageFiles> remove_packages(const std::string& directory, const std::set<std::string>& needed,
                                     const Garbage& garbage);

/// Files below a directory whose names are digests, without a lock of it. Those that are needed stay.
Result<PackageFiles> remove_objects(const std::string& directory, const std::set<std::string>& needed,
                                    const Garbage& garbage);

struct RepositoryFiles {
    std::string name;      ///< of its directory
    std::int64_t size = 0; ///< bytes, of all its files but the lock
    std::int64_t used = 0; ///< seconds since 1970
    bool removed = false;
};

/// Metadata of repositories below WORKSPACE/metadata, by name. What somebody uses stays. The directory and its lock
/// stay, since somebody may be waiting for it.
Result<std::vector<RepositoryFiles>> remove_metadata(const std::string& directory, const Garbage& garbage);

} // namespace albs::repositories
