// SPDX-License-Identifier: GPL-3.0-or-later
// Which entries are about a digest, and whether a statement was recorded before. A cache: it can be deleted at any
// time, and what it says is a hint that the caller checks against the log.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "albs/ledger/indexed_entry.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

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
    /// The entries from FROM on that are found under that subject.
    Result<std::vector<std::uint64_t>> about(const std::string& subject, std::uint64_t from = 0);
    Result<std::optional<std::uint64_t>> last_about(const std::string& subject);
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
