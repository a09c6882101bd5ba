// SPDX-License-Identifier: GPL-3.0-or-later
// Submits a checkpoint to a witness (C2SP tlog-witness). What it answers counts only if it verifies.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/log/note.hpp"
#include "albs/log/view.hpp"
#include "http/transfer.hpp"

namespace albs::notarize {

/// The cosignatures of the witness on the log's checkpoint, verified. OLD_SIZE is what it may have seen last; it says
/// so if it is not. All of its answers together may take as long as the options say of one. Kind::trust for a
/// cosignature that does not hold, or a witness that has seen more or another log; Kind::temporary for one that does
/// not answer; Kind::input for other refusals.
Result<std::vector<NoteSignature>> ask_witness(LogView& log, std::string url, const Vkey& key, std::uint64_t old_size,
                                               http::Options transfer);

} // namespace albs::notarize
