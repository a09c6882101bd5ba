// SPDX-License-Identifier: GPL-3.0-or-later
// Signing keys of a ledger, as OpenSSL has them: Ed25519 (RFC 8032) for logs and witnesses, ECDSA on P-256 with SHA-256
// for statements.
//
// Ed25519 signs the same bytes to the same signature. ECDSA draws a random nonce for each, but where OpenSSL (3.2 and
// later) can be asked for the one of RFC 6979; so nothing may depend on two signatures of the same bytes being equal.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

struct evp_pkey_st;     // of OpenSSL
struct evp_pkey_ctx_st; // of OpenSSL

namespace albs {

enum class KeyType { ed25519, p256 };
/// "Ed25519", "P-256".
std::string_view key_type_name(KeyType type);

class PublicKey {
public:
    /// The 32 bytes of RFC 8032.
    static Result<PublicKey> from_ed25519(std::span<const std::uint8_t> bytes);
    /// A DER SubjectPublicKeyInfo of one of the two types.
    static Result<PublicKey> from_spki(std::span<const std::uint8_t> der);
    KeyType type() const { return type_; }
    const Bytes& spki() const { return *spki_; }
    /// Ed25519 only: its 32 bytes.
    Bytes raw() const;
    /// Ed25519 signatures have 64 bytes, ECDSA ones are DER over SHA-256. From any thread.
    bool verify(std::string_view message, std::span<const std::uint8_t> signature) const;
    /// SHA-256 of the SubjectPublicKeyInfo.
    Digest fingerprint() const { return sha256(*spki_); }

private:
    PublicKey(KeyType type, std::shared_ptr<evp_pkey_st> key, std::shared_ptr<evp_pkey_ctx_st> verifying, Bytes spki);
    static Result<PublicKey> wrap(evp_pkey_st* key);
    KeyType type_;
    std::shared_ptr<evp_pkey_st> key_;
    std::shared_ptr<evp_pkey_ctx_st> verifying_; // P-256 only; never used itself, only copied
    std::shared_ptr<const Bytes> spki_; // encoded once: OpenSSL takes longer to encode a key than to sign with it
};

class PrivateKey {
public:
    static Result<PrivateKey> generate(KeyType type);
    static Result<PrivateKey> from_ed25519_seed(std::span<const std::uint8_t> seed);
    /// PKCS#8 in PEM, not encrypted.
    static Result<PrivateKey> from_pem(std::string_view pem);
    /// Takes what OpenSSL opened (albs/crypto/open_key.hpp); Kind::input if it is null or of another type.
    static Result<PrivateKey> wrap(evp_pkey_st* key);
    /// PKCS#8; encrypted (PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC) if there is a passphrase. Empty if OpenSSL
    /// fails, or the key cannot leave its token.
    std::string pem(std::string_view passphrase = {}) const;
    KeyType type() const { return public_.type(); }
    const PublicKey& public_key() const { return public_; }
    /// From any thread.
    Result<Bytes> sign(std::string_view message) const;
    /// The same for P-256, of a message whose SHA-256 is known.
    Result<Bytes> sign_digest(const Digest& message) const;
    /// The public part belongs to the secret one: a probe is signed and verified.
    bool is_whole() const;

private:
    PrivateKey(std::shared_ptr<evp_pkey_st> key, std::shared_ptr<evp_pkey_ctx_st> signing, PublicKey public_key);
    std::shared_ptr<evp_pkey_st> key_;
    std::shared_ptr<evp_pkey_ctx_st> signing_; // P-256 only; never used itself, only copied
    PublicKey public_;
};

} // namespace albs
