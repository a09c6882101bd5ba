// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence that a log shows two histories: kept as files, for whoever runs the log and for whoever relies on it.
#pragma once
#include <string>

#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"

namespace albs::notarize {

/// As log.extends(). If the log contradicts the checkpoint, both signed checkpoints are saved in the directory of
/// MEMORY, and the proof that the log gives for the other history in the form of a request to a witness (C2SP
/// tlog-witness, add-checkpoint); the hint names the files. Nothing is saved of a log that is only shorter, which may
/// be an old copy, nor in a DRY_RUN.
Status check_extends(LogView& log, const Checkpoint& older, const std::string& older_note,
                     const CheckpointMemory& memory, bool dry_run);

} // namespace albs::notarize
