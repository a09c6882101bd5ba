// SPDX-License-Identifier: GPL-3.0-or-later
// Which lock a question led to earlier. The answer hangs on what was asked and on the state of each repository, so as
// long as none of these changed nothing is loaded, solved, or read of hundreds of packages. It is taken for builds only
// while the root is there; where packages are going to be installed, each is fetched and checked anew.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "repositories/resolve.hpp"
#include "store/workspace.hpp"

namespace albs::root {

/// What the answer hangs on, as canonical JSON. Kind::environment if a key cannot be read.
Result<std::string> lock_question(const std::string& platform, const repositories::RootQuery& question,
                                  const std::vector<repositories::SyncedRepository>& repositories);

struct SolvedLock {
    std::string lock; ///< text of the document
    std::vector<std::string> warnings;
};

/// None unless the root of that lock is there, complete.
std::optional<SolvedLock> recall_lock(const store::Workspace& workspace, const std::string& question);
/// Puts the lock into the store and keeps its digest beside the question.
Status remember_lock(store::Workspace& workspace, const std::string& question, const SolvedLock& solved);

} // namespace albs::root
