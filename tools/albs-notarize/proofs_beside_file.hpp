// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence about a file that no manifest is at hand for: proofs beside it.
#pragma once
#include <optional>
#include <string>

#include "albs/evidence/evidence.hpp"
#include "albs/log/policy.hpp"

namespace albs::notarize {

/// FILE.sigstore.json, or FILE.tlog-proof with FILE.dsse.json, unless a proof named FILE.status, FILE.status.1…
/// withdraws it. Nothing when there are none. CHECKPOINTS are those of the run: proofs that stand on two histories of a
/// log contradict each other.
std::optional<Evidence> evidence_beside(const std::string& file, const std::string& sha256, const Policy& policy,
                                        CheckpointCache& checkpoints);

} // namespace albs::notarize
