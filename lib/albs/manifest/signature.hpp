// SPDX-License-Identifier: GPL-3.0-or-later
// One signature of a key on an RPM.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct Signature {
    static constexpr std::string_view table = "signatures";
    std::string id;              ///< "SIGNED-SHA256/KEY"
    std::string artifact;        ///< the signed file
    std::string unsigned_sha256; ///< "unsigned": the file that was built
    std::string key;             ///< fingerprint, upper-case hex
    std::string algorithm;       ///< "rsa/sha256", "eddsa/sha256"
    std::string created;         ///< RFC 3339: the time inside the signature
    OptionalString waived;       ///< reason given with --waive; null when nothing was waived
};

} // namespace albs
