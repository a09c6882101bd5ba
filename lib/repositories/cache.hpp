// SPDX-License-Identifier: GPL-3.0-or-later
// What the workspace remembers of a repository: repomd.xml, how it was checked, and the files beside it.
#pragma once
#include <optional>
#include <string>

#include "http/transfer.hpp"
#include "repositories/sync.hpp"

namespace albs::repositories {

struct CachedRepository {
    std::string base; ///< where it came from
    http::Validators validators;
    buildroot::LockedRepository state;
    std::string newest; ///< the highest revision that was ever seen of it
    std::string key_digest; ///< SHA-256 of the key file that it was checked with; empty: it was not
};

/// The name of a repository's own directory: other URLs or another key are another repository.
std::string cache_name(const Repository& repository);
/// None if there is nothing, or nothing that is whole.
std::optional<CachedRepository> read_cached(const std::string& directory);
Status write_cached(const std::string& directory, const CachedRepository& cached);
/// Where the file of repomd.xml is kept: by its checksum, with the suffix that says how it is compressed.
std::string cached_path(const std::string& directory, const solve::Pool::NamedFile& file);
/// Removes what no file of the list is; the others stay for another run that may still read them.
void forget_others(const std::string& directory, const std::vector<solve::Pool::NamedFile>& files);

} // namespace albs::repositories
