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
};

/// Every OpenPGP signature in the file; none is proved. Kind::input for what is no package or no signature.
Result<std::vector<PackageSignature>> read_signatures(const std::string& path);

/// What is to be signed, hashed in one pass.
struct Signable {
    Hasher header;                  ///< fed with the main header: for v4
    Hasher header_and_payload;      ///< for v3
    bool payload_in_header = false; ///< the main header holds the payload's digest; if not, v4 alone does not cover it
};
/// Checks the digests of header and payload on the way: Kind::input when the file is damaged.
Result<Signable> hash_for_signing(const std::string& path);

/// Writes from, with exactly these signatures, to a new file to (whoever keeps it syncs it). At most one of each: v3 or
/// v4, RSA or not, else Kind::usage.
Status write_signed(const std::string& from, const std::string& to, const std::vector<PackageSignature>& signatures);

/// Writes from without signatures, and with the room for them given back, to a new file to. It is the built file where
/// rpm 4.14 to 4.20 reserved the room; its SHA-256 proves it.
Status write_unsigned(const std::string& from, const std::string& to);
/// SHA-256 and size of what write_unsigned() would write.
Result<sys::FileDigest> digest_unsigned(const std::string& path);

} // namespace albs::rpm
