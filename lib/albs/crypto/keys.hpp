// SPDX-License-Identifier: GPL-3.0-or-later
// Signing keys of a ledger: Ed25519 (RFC 8032) for logs and witnesses, ECDSA P-256 for statements.
//
// Both kinds sign the same bytes to the same signature: ECDSA nonces are those of RFC 6979, for which OpenSSL 3.0 has
// no switch. So a stage that is run again makes the same statement, the same leaf and the same proof.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

struct evp_pkey_st; // of OpenSSL

namespace albs {

enum class KeyType { ed25519, p256 };

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
    /// Ed25519 signatures have 64 bytes, ECDSA ones are DER over SHA-256.
    bool verify(std::string_view message, std::span<const std::uint8_t> signature) const;
    /// SHA-256 of the SubjectPublicKeyInfo.
    Digest fingerprint() const { return sha256(*spki_); }

private:
    friend class PrivateKey;
    PublicKey(KeyType type, std::shared_ptr<evp_pkey_st> key);
    static Result<PublicKey> wrap(evp_pkey_st* key);
    std::span<const std::uint8_t> uncompressed_point() const;
    KeyType type_;
    std::shared_ptr<evp_pkey_st> key_;
    std::shared_ptr<const Bytes> spki_; // encoded once: OpenSSL takes longer to encode a key than to sign with it
};

class PrivateKey {
public:
    static Result<PrivateKey> generate(KeyType type);
    static Result<PrivateKey> from_ed25519_seed(std::span<const std::uint8_t> seed);
    /// secret: big endian, 32 bytes, in [1, order).
    static Result<PrivateKey> from_p256_secret(std::span<const std::uint8_t> secret);
    /// PKCS#8 in PEM, not encrypted.
    static Result<PrivateKey> from_pem(std::string_view pem);
    std::string pem() const;
    KeyType type() const { return type_; }
    const PublicKey& public_key() const { return public_; }
    Result<Bytes> sign(std::string_view message) const;
    /// The same signatures as one by one, in less time.
    Result<std::vector<Bytes>> sign_all(std::span<const std::string_view> messages) const;
    /// The same for P-256, of messages whose SHA-256 is known.
    Result<std::vector<Bytes>> sign_digests(std::span<const Digest> messages) const;
    /// The public part belongs to the secret one: a probe is signed and verified.
    bool is_whole() const;

private:
    PrivateKey(KeyType type, std::shared_ptr<evp_pkey_st> key);
    static Result<PrivateKey> wrap(evp_pkey_st* key);
    KeyType type_;
    std::shared_ptr<evp_pkey_st> key_;
    PublicKey public_;
    std::shared_ptr<const Bytes> secret_; // P-256 only; wiped when it goes
};

} // namespace albs
