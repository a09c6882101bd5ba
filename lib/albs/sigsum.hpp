// SPDX-License-Identifier: GPL-3.0-or-later
// Sigsum's own proof format (version 2), for the tools of that project.
#pragma once
#include <string>

#include "albs/checkpoint.hpp"
#include "albs/note.hpp"
#include "albs/result.hpp"

namespace albs {

/// The proof of a 128-byte Sigsum leaf. Empty when the checkpoint is not signed by the log.
std::string sigsum_proof(const TlogProof& proof, std::span<const std::uint8_t> leaf, const Vkey& log);

} // namespace albs
