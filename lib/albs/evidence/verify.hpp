// SPDX-License-Identifier: GPL-3.0-or-later
// One Notarization of a manifest, checked with nothing but the log's key.
#pragma once
#include "albs/evidence/evidence.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/result.hpp"
#include <vector>

namespace albs {

/// What a notarization that holds has shown.
struct VerifiedNotarization {
    Json statement;
    Checkpoint checkpoint;
    std::string note; ///< the signed checkpoint
};

/// The checkpoint is the log's, the entry is in its tree, the entry is of this envelope, and the envelope's signature
/// holds. Kind::trust otherwise.
Result<VerifiedNotarization> verify_notarization(const Notarization& notarization, const Vkey& log);

/// As above, and the statement says what the manifest says of the record: every member of its binding, and its
/// subject. Kind::trust with the first difference otherwise.
Result<VerifiedNotarization> verify_notarization(const Manifest& manifest, const Notarization& notarization, const Vkey& log);

/// The key of the log, among several, that signed the notarization's checkpoint; the log's first key when none did.
/// Null when none of the keys is of its log.
const Vkey* signer_among(const Notarization& notarization, const std::vector<Vkey>& keys);

/// The keys of a LogTrust: at least one. Kind::input when one is malformed.
Result<std::vector<Vkey>> trusted_keys(const LogTrust& trust);

/// verified when all of the notarizations that are about the record and of one of these kinds hold.
Evidence evidence_about(const Manifest& manifest, std::string_view about,
                        std::initializer_list<std::string_view> kinds, const LogTrust& trust);

} // namespace albs
