// SPDX-License-Identifier: GPL-3.0-or-later
// Every checkpoint of one log that a machine remembered, not only the largest: a proof that was made earlier stands on
// one of these, and then no log is needed to tell that it is of the same history.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

/// Adds the checkpoint to the file, if it is larger than all in there. Nobody waits for the disk: what a power cut
/// takes is "not seen". The caller holds a lock. Kind::environment.
Status note_seen(const std::string& path, const Checkpoint& checkpoint);

/// Adds checkpoints that another way proved to be of the same history, of any size. Those whose size is there already are
/// left out. The file is replaced as a whole. The caller holds a lock. Kind::environment.
Status add_seen(const std::string& path, const std::vector<Checkpoint>& checkpoints);

/// The root that was seen for a tree of SIZE entries; nothing when none was, or that place of the file is damaged.
/// Reads as many records as a search in a sorted list. Kind::environment.
Result<std::optional<Digest>> seen_root(const std::string& path, std::uint64_t size);

} // namespace albs
