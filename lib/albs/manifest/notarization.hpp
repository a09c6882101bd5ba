// SPDX-License-Identifier: GPL-3.0-or-later
// The proof that a record of the manifest is in a transparency log.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// One entry of a transparency log about one record of this manifest, with all that a verifier needs offline. What many
/// of them have in common is in `ledgers`, `checkpoints` and `forms`, and stands here by name; a notarization may also
/// have all of it by itself, in `entry`, `proof` and `envelope`. LoggedEntries reads both forms.
struct Notarization {
    static constexpr std::string_view table = "notarizations";
    JsonText id;      ///< "ORIGIN#INDEX"; of a further `proof` of that entry "ORIGIN#INDEX@12HEX"
    JsonText about;   ///< id (or SHA-256, for artifacts) of the record
    JsonText kind;    ///< "source", "srpm", "build", "test", "signature", "release", "errata", "file", "reproduction"
    JsonText subject; ///< SHA-256 that the statement is about, or the git commit id
    JsonText log;     ///< origin
    std::int64_t index = 0;
    std::vector<JsonText> checkpoints = {}; ///< ids: it is proved up to each of them
    OptionalText signer = {};               ///< id of the statement key in the ledger's record
    OptionalText form = {};                 ///< id of the form that has the rest of the statement
    /// In-toto, or what it has besides its form; written in the compact form the whole is the envelope's payload.
    Json statement = {};
    OptionalText signature = {}; ///< base64: of the envelope
    OptionalText entry = {};     ///< base64 of the leaf's bytes, where they cannot be made of the above
    OptionalText proof = {};     ///< c2sp.org/tlog-proof@v1
    Json envelope = {};          ///< DSSE over the in-toto statement
};

} // namespace albs
