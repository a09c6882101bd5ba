// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence about a file that no manifest is at hand for: proofs beside it.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "albs/evidence/evidence.hpp"
#include "albs/log/policy.hpp"

namespace albs::notarize {

/// Of a checkpoint on which a proof stands: that the log which is read extends it, if one is read and it is of that
/// log.
using HoldAgainstLog = std::function<Status(const VerifiedCheckpoint&)>;

/// FILE.sigstore.json, or FILE.tlog-proof with FILE.dsse.json, unless a proof named FILE.status, FILE.status.1…
/// withdraws it. Nothing when there are none. Errors are those of HOLD, which is asked of all their checkpoints.
/// CHECKPOINTS are those of the run: proofs that stand on two histories of a log contradict each other.
Result<std::optional<Evidence>> evidence_beside(const std::string& file, const std::string& sha256,
                                                const Policy& policy, CheckpointCache& checkpoints,
                                                const HoldAgainstLog& hold);

} // namespace albs::notarize
