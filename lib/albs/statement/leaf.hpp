// SPDX-License-Identifier: GPL-3.0-or-later
// Leaf profiles: what an entry of the log holds of a signed statement. Chosen at init, for the life of the log.
//
// rekor: Rekor v2's hashedrekord 0.0.2, so that Sigstore's verifiers read our proofs.
// sigsum: Sigsum's tree leaf over the statement's bytes.
// raw: the envelope itself, for private logs that need no second place for their statements.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "albs/crypto/dsse.hpp"
#include "albs/crypto/keys.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

enum class Profile { rekor, sigsum, raw };
Result<Profile> parse_profile(std::string_view name);
std::string_view profile_name(Profile profile);
/// P-256, or Ed25519 for sigsum.
KeyType statement_key_type(Profile profile);
/// Of a log by its name: Sigsum's logs are called "sigsum.org/v1/tree/HEX".
std::string sigsum_origin(const PublicKey& log_key);

/// A statement ready for the log.
struct SignedStatement {
    Envelope envelope;
    std::string entry; ///< the leaf's bytes
    Digest key;        ///< statement_key()
};
/// Signs an in-toto statement (JSON text) and makes its leaf. Signed again, a statement has another signature and so
/// another leaf of the same key.
Result<SignedStatement> sign_statement(Profile profile, std::string payload, const PrivateKey& key);

/// Which profile a leaf is of. Nothing else of it is looked at.
Profile leaf_profile(std::string_view entry);
/// The leaf of an envelope that the key signed; nothing for sigsum, whose leaves have a signature of their own.
std::optional<std::string> leaf_of(Profile profile, const Envelope& envelope, const PublicKey& key);
/// The key id that envelopes of the profile have.
std::string keyid_of(Profile profile, const PublicKey& key);

/// The leaf is of this very envelope, and the envelope's signature is by the leaf's key: the leaf is made again from
/// the envelope and compared. Kind::trust otherwise. Returns the key.
Result<PublicKey> check_leaf(std::string_view entry, const Envelope& envelope);

/// The leaf names this very statement. Less than check_leaf: whose signature it is, and that it holds, stays open.
/// Kind::trust otherwise.
Status check_leaf_names(std::string_view entry, const Envelope& envelope);

/// What a leaf says of its statement, to find a statement that was recorded before: SHA-256 of the bytes signed.
Result<Digest> leaf_key(std::string_view entry);
/// The same, from the envelope.
Digest statement_key(Profile profile, const Envelope& envelope);

} // namespace albs
