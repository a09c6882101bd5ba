// SPDX-License-Identifier: GPL-3.0-or-later
// A repository's metadata in the workspace: asked for only if it changed, checked before anything is made of it.
//
// repomd.xml must be signed by the repository's key if it has one, and be what its metalink says; every file that it
// names must be what its checksum says. A mirror that fails any of this, or is behind what was seen earlier, is passed
// over for the next; if no mirror is good, the first failure of trust is the error.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "albs/buildroot/lock.hpp"
#include "base/result.hpp"
#include "repositories/repository.hpp"
#include "solve/pool.hpp"

namespace albs::repositories {

struct Settings {
    std::string directory;    ///< WORKSPACE/metadata
    bool offline = false;     ///< what is there is taken as it is, and nothing is asked for
    bool no_rollback = false; ///< a repository whose every mirror is older than what was seen is an error
    std::size_t jobs = 4;     ///< transfers at a time
    std::function<void(const std::string&)> warn = [](const std::string&) {};
};

/// A repository at one state of it.
struct SyncedRepository {
    Repository repository;
    std::string directory;          ///< of its cache
    std::vector<std::string> bases; ///< where its files are, the place that the metadata came from first
    buildroot::LockedRepository state;
    std::vector<solve::Pool::NamedFile> files; ///< what repomd.xml names

    const solve::Pool::NamedFile* find(std::string_view type) const;
    /// The path of a metadata file, fetched if need be and checked; null: the repository has none.
    Result<std::optional<std::string>> file(std::string_view type, const Settings& settings) const;
};

/// Kind::trust as above; Kind::temporary if no mirror answers, or there is nothing in the workspace when offline.
Result<SyncedRepository> sync(const Repository& repository, const Settings& settings);
/// The same for several at a time, in their order, those that are not enabled left out.
Result<std::vector<SyncedRepository>> sync(const std::vector<Repository>& repositories, const Settings& settings);

/// The repository's mirrors: its own URLs, then those of its lists. "FILE" of a metalink is repomd.xml.
struct Mirrors {
    std::vector<std::string> bases;
    /// SHA-256 of good versions of repomd.xml, the newest first; empty: nothing is said of it.
    std::vector<std::string> versions;
};
Result<Mirrors> find_mirrors(const Repository& repository, const Settings& settings);

/// "BASE/PATH" with one slash between; what may not stand in a path (RFC 3986) is percent-encoded, and '+', which some
/// servers take for a blank. What is encoded already stays. Of the base only blanks are encoded.
std::string join_url(const std::string& base, const std::string& path);

} // namespace albs::repositories
