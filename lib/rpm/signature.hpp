// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures of a package file: reading them, placing new ones as rpmsign does, and taking them out again so that the
// file is the built one byte for byte.
//
// A package is lead, signature header, main header, payload. A v4 signature (RSAHEADER, DSAHEADER) covers the main
// header, which holds the payload's digest; a v3 signature (SIGPGP, SIGGPG) covers main header and payload. Room for
// them is reserved in the signature header, so the size of the file stays.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/crypto/openpgp.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"
#include "sys/hash_file.hpp"

namespace albs::rpm {

struct PackageSignature {
    bool header_only = true; ///< v4; else v3: header and payload
    openpgp::SignatureInfo info;
    Bytes packet;
    /// Of one that rpm 6 made and that cannot be judged here, in words: another version of OpenPGP, an algorithm that
    /// librpm does not know, or no packet at all. Empty: it can.
    std::string unknown = {};
};

/// What is to be signed, hashed in one pass.
struct Signable {
    Hasher header;                  ///< fed with the main header: for v4
    Hasher header_and_payload;      ///< for v3
    bool payload_in_header = false; ///< the main header holds the payload's digest; if not, v4 alone does not cover it
};

/// What a signed file was before.
struct Unsigned {
    sys::FileDigest digest; ///< of what is likely, if it is not proven
    bool is_proven = false;
};

} // namespace albs::rpm
