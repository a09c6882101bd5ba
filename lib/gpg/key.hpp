// SPDX-License-Identifier: GPL-3.0-or-later
// Keys by their full fingerprint: the one that signs, and the public part for others.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/crypto/openpgp.hpp"
#include "base/result.hpp"
#include "gpg/home.hpp"

namespace albs::gpg {

struct SigningKey {
    std::string fingerprint; ///< of the primary key, upper-case hex: what certificates and policies name
    std::string signer;      ///< of the primary or subkey that makes the signature
    std::string keygrip;     ///< gpg-agent's name for it
    openpgp::KeyAlgorithm algorithm = openpgp::KeyAlgorithm::rsa;
    std::int64_t created = 0;            ///< of the signer, seconds since 1970
    std::optional<std::int64_t> expires; ///< of the signer or its primary key, whichever is sooner
    std::string user_id;                 ///< for people
};

/// What to say to people of a key that expires in the next 90 days; empty: it does not. now: seconds since 1970.
std::string expiry_warning(const SigningKey& key, std::int64_t now);

/// The secret key that signs for a fingerprint: a subkey when it is named, else as gpg chooses (newest signing subkey,
/// else the primary key). Kind::usage for a short id or an algorithm that RPM does not know; Kind::environment when
/// there is no such secret key; Kind::trust when it is revoked, expired or disabled.
Result<SigningKey> find_signing_key(const Home& home, const std::string& fingerprint);

/// The same of a key whose secret part lives elsewhere: of the public keys of the user.
Result<SigningKey> find_signing_key_elsewhere(const PublicHome& home, const std::string& fingerprint);

/// The public key, armoured, without other people's signatures on it. Kind::environment when there is none.
Result<std::string> export_key(const std::string& fingerprint, const std::string& gnupghome);

/// What GnuPG says of a certificate's validity in time; librpm's parser does not know of it.
struct Validity {
    std::string fingerprint; ///< of the primary key or subkey
    bool revoked = false;
    std::int64_t created = 0;
    std::optional<std::int64_t> expires;
};
/// For every primary key and subkey of a file of certificates, without importing it anywhere. Kind::input if it is
/// none.
Result<std::vector<Validity>> read_validity(const std::string& certificates);

} // namespace albs::gpg
