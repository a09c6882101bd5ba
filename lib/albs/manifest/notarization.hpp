// SPDX-License-Identifier: GPL-3.0-or-later
// The proof that a record of the manifest is in a transparency log.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// One entry of a transparency log about one record of this manifest, with all that a verifier needs offline.
struct Notarization {
    static constexpr std::string_view table = "notarizations";
    JsonText id;      ///< "ORIGIN#INDEX"; of a further proof of that entry "ORIGIN#INDEX@12HEX"
    JsonText about;   ///< id (or SHA-256, for artifacts) of the record
    JsonText kind;    ///< "source", "srpm", "build", "test", "signature", "release", "errata", "file"
    JsonText subject; ///< SHA-256 that the statement is about, or the git commit id
    JsonText log;     ///< origin
    std::int64_t index = 0;
    JsonText entry; ///< base64 of the leaf's bytes
    JsonText proof; ///< c2sp.org/tlog-proof@v1
    Json envelope;  ///< DSSE over the in-toto statement
};

} // namespace albs
