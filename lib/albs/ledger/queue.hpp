// SPDX-License-Identifier: GPL-3.0-or-later
// Statements that wait for the ledger's lock: whoever has it, and has something to commit, takes them along in the same
// commit. Nothing depends on that. Each writer takes the lock itself, too, and finds that its statements are recorded,
// or records them.
#pragma once
#include <string>
#include <vector>

#include "albs/ledger/journal.hpp"
#include "albs/ledger/settings.hpp"
#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs {

/// Somebody has the ledger's lock.
bool is_locked(const std::string& directory);

/// What is waited for is only taken along by who commits on the same terms: the same keys of the log, and the same
/// policy (its text; empty for none) for the witnesses of a commit.
std::string queue_terms(const LogSettings& settings, const std::string& policy);

/// The most that one writer leaves: a larger commit waits for its turn.
constexpr std::size_t max_queued_entries = 256;
constexpr std::size_t max_queued_bytes = std::size_t{2} << 20;

/// They are in the queue while this object lives; those of a process that was killed are not taken any more.
class QueuedStatements {
public:
    /// Kind::usage for none, or for more than may be left.
    static Result<QueuedStatements> leave(const std::string& directory, const std::string& terms,
                                          const std::vector<JournalEntry>& signed_statements);
    QueuedStatements(QueuedStatements&& other) noexcept = default;
    QueuedStatements& operator=(QueuedStatements&&) = delete;
    ~QueuedStatements();

private:
    QueuedStatements(std::string path, sys::Fd file) : path_(std::move(path)), file_(std::move(file)) {}
    std::string path_;
    sys::Fd file_; // locked: whoever left it lives
};

/// What living processes have left on these terms. Files of others that died are removed. Nothing is checked yet.
std::vector<JournalEntry> statements_in_queue(const std::string& directory, const std::string& terms);

} // namespace albs
