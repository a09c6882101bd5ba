// SPDX-License-Identifier: GPL-3.0-or-later
// The largest checkpoint seen of each log, kept outside every log: $XDG_STATE_HOME/albs/heads.
//
// A log that was restored from a backup, copied or cut looks perfect by itself. Only someone who remembers more can
// tell; writers and verifiers both do.
#pragma once
#include <optional>
#include <string>

#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "base/result.hpp"

namespace albs {

struct RememberedCheckpoint {
    Checkpoint checkpoint;
    std::string note;
};

/// $XDG_STATE_HOME/albs/heads, else $HOME/.local/state/albs/heads; Kind::environment when neither is set.
Result<std::string> remembered_directory();
/// Nothing when the log was never seen. A head that its log did not sign is Kind::trust.
Result<std::optional<RememberedCheckpoint>> read_remembered(const Vkey& log);
/// Remembers the checkpoint, durably, if it is larger than what is remembered. The caller has checked that both are
/// consistent.
Status remember_checkpoint(const Vkey& log, const std::string& note);
/// The same for the log's writer, which has verified the note, without waiting for the disk: its journal is there.
Status remember_checkpoint(const Vkey& log, const RememberedCheckpoint& head);
/// Waits until the disk has what is remembered of the log, if it is anything.
Status sync_remembered(const Vkey& log);

} // namespace albs
