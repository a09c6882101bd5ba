// SPDX-License-Identifier: GPL-3.0-or-later
// Two proofs of one log entry that lead to different checkpoints: both are true, and neither is to be lost in a merge,
// since one may have cosignatures that the other has not, and both together may show that the log forked.
#pragma once
#include <optional>
#include <string>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs {

/// "ORIGIN#INDEX@" and 12 hex digits of the proof's SHA-256: the id of a notarization whose plain id ("ORIGIN#INDEX")
/// another proof of the same entry has.
std::string second_proof_id(const std::string& plain_id, std::string_view proof);

/// The id under which `added`, a notarization with the id of `known`, stands beside it: when the two differ in nothing
/// but their proofs, and each proof leads from the entry to the root that it names. No signature is checked here.
/// nullopt: no such case. Kind::trust for two trees of one size, which no honest log has.
Result<std::optional<std::string>> beside_known(const Json& known, const Json& added);

} // namespace albs
