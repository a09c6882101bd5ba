// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence that a log shows two histories: kept as files, for whoever runs the log and for whoever relies on it.
#pragma once
#include <string>

#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"

namespace albs {

/// Two signed checkpoints that no honest log makes, in the directory NAME.split of MEMORY. Returns one line that names
/// the files.
Result<std::string> save_split_view(const RememberedCheckpoint& one, const RememberedCheckpoint& other,
                                    const CheckpointMemory& memory);
/// The same, with the proof that the log gives for the other history in the form of a request to a witness (C2SP
/// tlog-witness, add-checkpoint). Kind::trust when the log's tiles do not hold, which is another matter.
Result<std::string> save_split_view(LogView& log, const RememberedCheckpoint& older, const CheckpointMemory& memory);

/// As log.extends(). If the log contradicts the checkpoint, both are saved, and the hint names the files. Nothing is
/// saved of a log that is only shorter, which may be an old copy, nor in a DRY_RUN.
Status check_extends(LogView& log, const RememberedCheckpoint& older, const CheckpointMemory& memory, bool dry_run);

} // namespace albs
