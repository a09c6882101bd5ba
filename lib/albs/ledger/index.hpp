// SPDX-License-Identifier: GPL-3.0-or-later
// Which entries are about a digest, and whether a statement was recorded before. A cache: it can be deleted at any
// time, and what it says is a hint that the caller checks against the log.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

struct IndexedEntry {
    std::uint64_t index = 0;
    Digest key;                        ///< leaf_key()
    std::vector<std::string> subjects; ///< hex: SHA-256 or git commit
};
/// The digests that a statement is about, in hex.
std::vector<std::string> subjects_of(const Json& statement);
/// The same, and status_subject() for a change of status.
std::vector<std::string> indexed_subjects(const Json& statement);
/// Keys and subjects of an entry; without subjects when the statement is withheld.
Result<IndexedEntry> index_entry(std::uint64_t index, const std::string& entry, const std::string& envelope);

class LedgerIndex {
public:
    /// A file that is no index is replaced by an empty one.
    static Result<LedgerIndex> open(const std::string& path);
    LedgerIndex(LedgerIndex&&) noexcept;
    LedgerIndex& operator=(LedgerIndex&&) noexcept;
    ~LedgerIndex();

    /// Entries below this are in the index.
    Result<std::uint64_t> covered();
    Status add(const std::vector<IndexedEntry>& entries, std::uint64_t covered);
    Result<std::optional<std::uint64_t>> find(const Digest& key);
    Result<std::vector<std::uint64_t>> about(const std::string& subject);
    /// Where the checkpoint of the first commit that holds the entry stands in the history.
    Status add_commit(std::uint64_t size, std::uint64_t offset);
    Result<std::optional<std::uint64_t>> commit_after(std::uint64_t index);
    /// History up to this offset is in the index.
    Result<std::uint64_t> history_covered();
    Status clear();
    Status forget_commits();
    /// What is done between them is one transaction, which the end of this object ends, too. Neither does anything when
    /// it is done already.
    Status begin();
    Status end();
    /// Takes back what was done since begin().
    void abandon();

private:
    struct State;
    explicit LedgerIndex(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs
