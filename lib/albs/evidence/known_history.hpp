// SPDX-License-Identifier: GPL-3.0-or-later
// What the checkpoints of proofs are held against: a proof alone shows that its log signed a tree, and a log that lies
// signs two.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"

namespace albs {

/// What came out when checkpoints were held against what is known.
struct HistoryFindings {
    std::mutex mutex;
    std::string saved;              ///< one line that names files with two checkpoints that contradict each other
    std::vector<Checkpoint> proved; ///< those that a log at hand begins with
};

/// What this machine knows of logs: the logs that a run has opened, and for others what it remembers of them. Several
/// threads may ask at a time.
class KnownHistory {
public:
    /// Knows nothing, so nothing is held against it.
    KnownHistory() = default;
    /// What MEMORY has of the logs of these keys. Errors are those of CheckpointMemory::read_all().
    static Result<KnownHistory> of(const CheckpointMemory& memory, const std::vector<Vkey>& keys);
    /// The same, of DIRECTORY or else of the place that the environment names. Where it names none, nothing was ever
    /// remembered.
    static Result<KnownHistory> of_machine(const std::vector<Vkey>& keys, const std::string& directory = {});

    /// The log at this view, which extends what is remembered of it, decides from now on. The view is there as long as
    /// this object, wherever that is moved; whoever reads from it does so while nobody calls hold().
    LogView& add_log(LogView view);
    /// From now on what hold() finds is kept.
    std::shared_ptr<HistoryFindings> keep_findings();

    /// Empty when the checkpoint is of the history that is known of its log, or nothing is known of that log. One line
    /// when it cannot be told. Kind::trust when it is of another history.
    Result<std::string> hold(const Checkpoint& checkpoint, const std::string& note) const;

private:
    struct Log {
        std::mutex mutex; ///< a view reads tiles as it is asked
        LogView view;
    };
    Result<std::string> hold_against_log(Log& log, const Checkpoint& checkpoint, const std::string& note) const;
    Result<std::string> hold_against_memory(const RememberedCheckpoint& head, const RememberedCheckpoint& shown) const;
    void keep(Result<std::string> saved) const;
    std::optional<CheckpointMemory> memory_;
    std::map<std::string, RememberedCheckpoint> heads_; ///< by origin
    std::map<std::string, std::shared_ptr<Log>> logs_;  ///< by origin
    std::shared_ptr<HistoryFindings> findings_;         ///< null: nobody asks
};

} // namespace albs
