// SPDX-License-Identifier: GPL-3.0-or-later
// What an earlier run made of a commit. A commit says all that its source tree depends on, so the tree needs not be
// made again as long as its files are in the store.
#pragma once
#include <optional>

#include "session.hpp"

namespace albs::fetch {

struct KnownCommit {
    Source source;                       ///< url, ref and signature are of that run
    std::int64_t list_size = 0;          ///< of the list of its files, in bytes
    std::vector<std::string> submodules; ///< paths
    std::optional<Artifact> history;     ///< that the source names
};

/// repository: its name, which may be the package's. Nothing, if no run knew it, or a file is not in the store any more
/// as it was; every file is read for that.
std::optional<KnownCommit> recall_commit(const Session& session, const std::string& commit,
                                         const std::string& repository);
Status remember_commit(const Session& session, const FetchedSource& fetched, const std::string& repository,
                       const std::vector<std::string>& submodules);

} // namespace albs::fetch
