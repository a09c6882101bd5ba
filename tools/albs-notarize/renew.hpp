// SPDX-License-Identifier: GPL-3.0-or-later
// Proofs of old entries, made anew from the log: after a change of its key, or to a checkpoint with more cosignatures.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "albs/log/view.hpp"
#include "albs/manifest/manifest.hpp"

namespace albs::notarize {

/// The manifest's notarizations in that log of which no proof has a signature by one of the policy's logs and its
/// quorum, young enough at that time; without one, however old.
std::vector<Notarization> unproved(const Manifest& manifest, const std::string& origin, const Policy& policy,
                                   std::optional<Seconds> now = {});
/// One for each entry of the log that the manifest has a proof of, unless one leads to the present checkpoint.
std::vector<Notarization> of_older_checkpoints(const Manifest& manifest, const LogView& log);

/// The proof up to the log's present checkpoint, with the cosignatures that it has by now. Kind::trust when the log has
/// another entry in its place.
Result<TlogProof> present_proof(const Notarization& notarization, std::string_view leaf, LogView& log);
/// Gives each of them a second proof, to the present checkpoint of the log, beside the one that it has. Errors are
/// those of present_proof().
Status renew_proofs(const std::vector<Notarization>& list, LogView& log, Manifest& manifest);

} // namespace albs::notarize
