// SPDX-License-Identifier: GPL-3.0-or-later
// The repository cache: one bare mirror per URL with its full history, brought up to date with the git program.
//
// Full history, because the records of a ledger hash every ancestor of a commit. The git program talks to the network
// (libgit2's local transport is an order of magnitude slower, and it cannot do ssh as users have it configured); its
// configuration is ours alone, hooks and remote helpers are off, and submodules are not followed.
#pragma once
#include <string>

#include "base/result.hpp"
#include "git/location.hpp"
#include "git/repository.hpp"
#include "sys/file_lock.hpp"

namespace albs::git {

/// A repository that stays as it is until the object goes, and what the ref was pinned to.
struct PinnedCommit {
    std::unique_ptr<Repository> repository;
    ResolvedRef resolved;
    sys::FileLock lock; ///< shared; keeps others from replacing a damaged mirror meanwhile
};

/// Where the mirror of a URL lies below the cache directory (WORKSPACE/git); the URL is as Location::url has it.
std::string mirror_path(const std::string& cache, const std::string& url);

/// The commit that the location names, with all its history in the mirror. A full commit id that is there is not asked
/// for again; anything else is (a branch moves, a tag may). A mirror that is damaged, or was left half made by a killed
/// run, is made anew. Kind::input: no such repository or ref. Kind::trust: it is not the commit that is expected.
/// Kind::temporary: the network, after three attempts. served: what the server has now; a mirror that has all of it is
/// not brought up to date.
Result<PinnedCommit> pin(const std::string& cache, const Location& location, const References* served = nullptr);

} // namespace albs::git
