// SPDX-License-Identifier: GPL-3.0-or-later
// The largest checkpoint seen of each log, kept outside every log.
//
// A log that was restored from a backup, copied or cut looks perfect by itself. Only someone who remembers more can
// tell; writers and verifiers both do. There is one memory for an origin, whatever key signed: a log that changed its
// key is still the log that was seen.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "base/result.hpp"

namespace albs {

struct RememberedCheckpoint {
    Checkpoint checkpoint;
    std::string note;
};

class CheckpointMemory {
public:
    /// DIRECTORY; empty: $ALBS_REMEMBER, else $XDG_STATE_HOME/albs/heads, else $HOME/.local/state/albs/heads.
    /// Kind::environment when none of these is set. Nothing is made yet.
    static Result<CheckpointMemory> at(const std::string& directory = {});

    const std::string& directory() const { return directory_; }
    /// Where the checkpoint of that log is.
    std::string file(const std::string& origin) const { return path(origin); }
    /// What is remembered of the log is an empty file: a power cut may leave that of what was not waited for.
    bool is_blank(const std::string& origin) const;
    /// Nothing when the log was never seen. Kind::environment where everybody may write to the directory or to what is
    /// in it for the log, and for an empty file, which is not "never seen". KEYS are those of the log that the caller
    /// knows, to check the signatures that they made; one of another key was checked by who remembered it. Kind::trust
    /// when a signature by a known key does not hold.
    Result<std::optional<RememberedCheckpoint>> read(const std::string& origin, const std::vector<Vkey>& keys) const;
    /// What is remembered of the logs of these keys. Whoever compares a log with it reads it before the log's
    /// checkpoint: the log may grow, and other processes remember what they see.
    Result<std::vector<RememberedCheckpoint>> read_all(const std::vector<Vkey>& keys) const;
    /// The root of the log's tree of SIZE entries, if a checkpoint of that size was ever remembered here.
    Result<std::optional<Digest>> seen_root(const std::string& origin, std::uint64_t size) const;
    /// Makes the directory and sees that the log's file can be written: before a commit, not after it.
    Status prepare(const std::string& origin) const;
    /// Remembers the checkpoint if it is larger than what is remembered; durably, or without waiting for the disk (for
    /// the log's writer, whose journal is there). The caller has verified it, and that both are consistent.
    Status keep(const RememberedCheckpoint& seen, const std::vector<Vkey>& keys, bool durably) const;
    /// Remembers checkpoints of the log which what is remembered of it extends, beside those that were its last: proofs
    /// that stand on them need no log from now on.
    Status keep_proved(const std::string& origin, const std::vector<Checkpoint>& proved) const;
    /// Waits until the disk has what is remembered of the log, if it is anything.
    Status sync(const std::string& origin) const;

private:
    explicit CheckpointMemory(std::string directory) : directory_(std::move(directory)) {}
    std::string path(std::string_view name) const;
    std::string directory_;
};

} // namespace albs
