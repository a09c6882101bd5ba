// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints (C2SP tlog-checkpoint) and the proofs that stand on them (C2SP tlog-proof).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/log/note.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

/// What a log signs: its name, how many entries it has, and the root of their tree.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root;
    /// Three lines. Extension lines are read and never written.
    std::string text() const;
    /// From the text of a note; Kind::input when it is malformed.
    static Result<Checkpoint> parse(std::string_view text);
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// Reads a signed checkpoint and checks that the log signed it and that it is of that log. Kind::trust otherwise.
Result<Checkpoint> open_checkpoint(std::string_view note, const Vkey& log);

/// c2sp.org/tlog-proof@v1: an inclusion proof with the checkpoint it leads to.
struct TlogProof {
    std::optional<std::string> extra; ///< base64; an unauthenticated hint
    std::uint64_t index = 0;
    std::vector<Digest> hashes;
    std::string checkpoint; ///< the signed note as it came, cosignatures included
    std::string text() const;
    static Result<TlogProof> parse(std::string_view text);
};

/// A decimal number without sign and leading zeros, at most 2^63-1.
Result<std::uint64_t> parse_decimal(std::string_view text);
/// 32 bytes in base64.
Result<Digest> parse_base64_digest(std::string_view text);

} // namespace albs
