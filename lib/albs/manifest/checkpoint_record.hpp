// SPDX-License-Identifier: GPL-3.0-or-later
// A signed checkpoint to which notarizations are proved: once in the manifest, however many they are.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct CheckpointRecord {
    static constexpr std::string_view table = "checkpoints";
    JsonText id;  ///< "ORIGIN@SIZE@12HEX", HEX of the note's SHA-256: other cosignatures are another record
    JsonText log; ///< origin
    std::int64_t size = 0;
    JsonText note; ///< C2SP tlog-checkpoint, signed, cosignatures included
};

/// Of a signed checkpoint. No signature is checked. Kind::input when it is malformed.
Result<CheckpointRecord> checkpoint_record(const std::string& note);

} // namespace albs
