// SPDX-License-Identifier: GPL-3.0-or-later
// A log to read, wherever it is: its checkpoint verified, its tiles authenticated before use.
#pragma once
#include <string>

#include "albs/log/checkpoint.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/remembered.hpp"
#include "albs/log/tile.hpp"

namespace albs {

struct LogView {
    Fetch fetch;
    Checkpoint checkpoint;
    std::string note;
    TileReader tiles;

    /// Kind::trust when the checkpoint is not one that the policy accepts, or the tiles are not its.
    static Result<LogView> open(Fetch fetch, const Policy& policy);
    /// The same, and the log extends what is remembered of it. Nothing more is remembered. Kind::trust otherwise.
    static Result<LogView> open(Fetch fetch, const Policy& policy, const CheckpointMemory& memory);
    /// The log at this checkpoint begins with the other one. Kind::trust otherwise, with both checkpoints in the
    /// message: together they prove that the log lied.
    Status extends(const Checkpoint& older, const std::string& older_note);
};

} // namespace albs
