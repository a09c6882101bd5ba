// SPDX-License-Identifier: GPL-3.0-or-later
// One signature of a key on an RPM.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct Signature {
    static constexpr std::string_view table = "signatures";
    JsonText id;                         ///< "SIGNED-SHA256/KEY"
    JsonText artifact;                   ///< the signed file
    JsonText unsigned_sha256;            ///< "unsigned": the file that was built
    JsonText key;                        ///< fingerprint, upper-case hex
    JsonText algorithm;                  ///< "rsa/sha256", "eddsa/sha256"
    JsonText created;                    ///< RFC 3339: the time inside the signature
    OptionalString waived;               ///< reason given with --waive; null when nothing was waived
    std::vector<JsonText> replaces = {}; ///< ids of the signatures that this one took the place of
    OptionalText follows = {};           ///< id of the record before that says the same of another waiver
};

} // namespace albs
