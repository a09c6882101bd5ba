// SPDX-License-Identifier: GPL-3.0-or-later
// Sigsum's own proof format (version 2), for the tools of that project.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "base/result.hpp"

namespace albs {

/// The proof of a 128-byte Sigsum leaf, with the cosignatures of those of the witnesses that made one: Sigsum names a
/// witness by the hash of its key, which a note does not tell. Kind::input when the checkpoint cannot be read or the
/// leaf is no Sigsum leaf, Kind::trust when the log did not sign the checkpoint or one of the signatures does not hold.
Result<std::string> sigsum_proof(const TlogProof& proof, std::span<const std::uint8_t> leaf, const Vkey& log,
                                 const std::vector<Vkey>& witnesses);

} // namespace albs
