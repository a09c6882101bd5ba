// SPDX-License-Identifier: GPL-3.0-or-later
// What the index of a ledger knows of an entry.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

struct IndexedEntry {
    std::uint64_t index = 0;
    Digest key;                        ///< leaf_key()
    std::vector<std::string> subjects; ///< hex: SHA-256 or git commit, and the names below
};
/// The digests that a statement is about, and names under which such statements are found together: status_subject(),
/// statuses_subject(), commits_subject(), and made_from_subject() of what it says that something was made from.
std::vector<std::string> indexed_subjects(const Json& statement);
/// Keys and subjects of an entry; withheld_subject() alone when the statement is withheld.
Result<IndexedEntry> index_entry(std::uint64_t index, const std::string& entry, const std::string& envelope);

/// Of the statements of albs-notarize commits.
std::string commits_subject();
/// Of entries whose statement was withheld when the index was made.
std::string withheld_subject();
/// Of statements that say that something was made from NODE (statement/origin.hpp).
std::string made_from_subject(const std::string& node);

} // namespace albs
