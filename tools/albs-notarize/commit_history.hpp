// SPDX-License-Identifier: GPL-3.0-or-later
// The chain of commits that the log vouches for: from a commit along its parents' records down to the first ones.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "log_search.hpp"

namespace albs::notarize {

/// What one statement of albs-notarize commits says.
struct CommitEntry {
    std::uint64_t index = 0; ///< in the log
    std::string commit;      ///< 40 hex digits
    std::string key;         ///< SHA-256 of the commit object
    std::string tree;
    std::map<std::string, std::string> parents; ///< commit to key, the direct ones
    /// All ancestors as ALBS's record has them; empty and has_ancestors false where the record leaves them out.
    std::vector<std::string> ancestors;
    bool has_ancestors = false;
};

/// Every statement about commits of a log, by commit.
using CommitBook = std::map<std::string, std::vector<CommitEntry>>;
/// Kind::trust for a statement that calls itself one of a commit and is none.
Result<CommitBook> commit_book(const std::vector<FoundStatement>& statements);

struct CommitHistory {
    std::size_t commits = 0;          ///< how many are recorded, the one asked for included
    std::string gap;                  ///< what is missing; empty: the chain is whole
    std::vector<std::string> digests; ///< commits and keys on the way: what a change of status can be about
};
/// Follows the records of parents from the commit to commits without any. A parent that nobody recorded is a gap;
/// Kind::trust when records contradict each other: two about one commit, a key that is not the parent's, another tree
/// than the manifest's (unless that is empty), ancestors that are not those that the records lead to, a circle.
Result<CommitHistory> follow_history(const CommitBook& book, const std::string& commit, const std::string& tree);

} // namespace albs::notarize
