// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/keys.hpp"

#include <array>
#include <map>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "albs/crypto/verified_signatures.hpp"

namespace albs {
namespace {

struct Free {
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
    void operator()(X509_SIG* encrypted) const { X509_SIG_free(encrypted); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

constexpr std::size_t max_p256_signature = 72; // DER of two numbers of 32 bytes, each perhaps with a zero before it
constexpr int passphrase_rounds = 200'000;     // of PBKDF2: a tenth of a second

Result<KeyType> type_of(const EVP_PKEY* key)
{
    if (key == nullptr)
        return fail(Kind::input, "not a key in this encoding");
    if (EVP_PKEY_is_a(key, "ED25519") == 1)
        return KeyType::ed25519;
    const char* name = EVP_PKEY_get0_type_name(key);
    std::string found = name != nullptr ? name : "unknown";
    std::array<char, 64> group{};
    std::size_t length = 0;
    if (EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1) {
        if (std::string_view(group.data()) == "prime256v1" || std::string_view(group.data()) == "P-256")
            return KeyType::p256;
        found = group.data();
    }
    return fail(Kind::input, "a key of type " + found + ", neither Ed25519 nor P-256");
}

std::shared_ptr<EVP_PKEY> share(EVP_PKEY* key)
{
    return {key, EVP_PKEY_free};
}

// OpenSSL 3.2 and later take this parameter where they make the signature themselves; others do not list it.
void ask_for_deterministic_nonce(EVP_PKEY_CTX* context)
{
    constexpr const char* parameter = "nonce-type"; // OSSL_SIGNATURE_PARAM_NONCE_TYPE, which 3.0 does not define
    const OSSL_PARAM* settable = EVP_PKEY_CTX_settable_params(context);
    if (settable == nullptr || OSSL_PARAM_locate_const(settable, parameter) == nullptr)
        return;
    unsigned int deterministic = 1;
    std::array parameters = {OSSL_PARAM_construct_uint(parameter, &deterministic), OSSL_PARAM_construct_end()};
    (void)EVP_PKEY_CTX_set_params(context, parameters.data());
}

// A context that is set up for ECDSA over SHA-256, to be copied for each signature: setting one up looks its algorithms
// up, under a lock of the process. Null if OpenSSL cannot.
std::shared_ptr<EVP_PKEY_CTX> ecdsa_context(EVP_PKEY* key, bool signing)
{
    Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key, nullptr));
    if (!context || (signing ? EVP_PKEY_sign_init(context.get()) : EVP_PKEY_verify_init(context.get())) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) != 1)
        return nullptr;
    if (signing)
        ask_for_deterministic_nonce(context.get());
    return context;
}

Bytes encode_public(EVP_PKEY* key)
{
    int size = i2d_PUBKEY(key, nullptr);
    Bytes der(static_cast<std::size_t>(size > 0 ? size : 0));
    std::uint8_t* end = der.data();
    (void)i2d_PUBKEY(key, &end);
    return der;
}

} // namespace

std::string_view key_type_name(KeyType type)
{
    return type == KeyType::p256 ? "P-256" : "Ed25519";
}

PublicKey::PublicKey(KeyType type, std::shared_ptr<evp_pkey_st> key, std::shared_ptr<evp_pkey_ctx_st> verifying,
                     Bytes spki)
    : type_(type), key_(std::move(key)), verifying_(std::move(verifying)),
      spki_(std::make_shared<const Bytes>(std::move(spki)))
{
}

Result<PublicKey> PublicKey::wrap(evp_pkey_st* key)
{
    std::shared_ptr<EVP_PKEY> shared = share(key);
    ALBS_TRY(KeyType type, type_of(key));
    std::shared_ptr<EVP_PKEY_CTX> verifying = type == KeyType::p256 ? ecdsa_context(key, false) : nullptr;
    if (type == KeyType::p256 && !verifying)
        return fail(Kind::internal, "OpenSSL cannot verify with a P-256 key");
    return PublicKey(type, std::move(shared), std::move(verifying), encode_public(key));
}

Result<PublicKey> PublicKey::from_ed25519(std::span<const std::uint8_t> bytes)
{
    // Few logs and witnesses sign all the checkpoints of a run, and their keys come as text each time.
    thread_local std::map<Bytes, PublicKey> read;
    Bytes raw(bytes.begin(), bytes.end());
    if (auto found = read.find(raw); found != read.end())
        return found->second;
    ALBS_TRY(PublicKey key, wrap(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size())));
    if (read.size() >= 64)
        read.clear();
    read.emplace(std::move(raw), key);
    return key;
}

Result<PublicKey> PublicKey::from_spki(std::span<const std::uint8_t> der)
{
    // A log has few statement keys, and reading one takes longer than verifying with it.
    thread_local std::map<Bytes, PublicKey> read;
    Bytes bytes(der.begin(), der.end());
    if (auto found = read.find(bytes); found != read.end())
        return found->second;
    const std::uint8_t* end = der.data();
    ALBS_TRY(PublicKey key, wrap(d2i_PUBKEY(nullptr, &end, static_cast<long>(der.size()))));
    // A key has one spelling only: otherwise there could be several leaves for one statement.
    if (key.spki() != bytes)
        return fail(Kind::input, "a public key that is not in canonical DER");
    if (read.size() >= 64)
        read.clear();
    read.emplace(std::move(bytes), key);
    return key;
}

Bytes PublicKey::raw() const
{
    Bytes bytes(32);
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key_.get(), bytes.data(), &size) != 1)
        size = 0;
    bytes.resize(size);
    return bytes;
}

bool PublicKey::verify(std::string_view message, std::span<const std::uint8_t> signature) const
{
    if (type_ == KeyType::p256) {
        Digest digest = sha256(message);
        Digest name = VerifiedSignatures::name(*spki_, digest, signature);
        if (VerifiedSignatures::all().contains(name))
            return true;
        Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_dup(verifying_.get()));
        bool holds = context && EVP_PKEY_verify(context.get(), signature.data(), signature.size(),
                                                digest.bytes().data(), Digest::size) == 1;
        if (holds)
            VerifiedSignatures::all().add(name);
        return holds;
    }
    Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), as_bytes(message).data(),
                            message.size()) == 1;
}

PrivateKey::PrivateKey(std::shared_ptr<evp_pkey_st> key, std::shared_ptr<evp_pkey_ctx_st> signing, PublicKey public_key)
    : key_(std::move(key)), signing_(std::move(signing)), public_(std::move(public_key))
{
}

Result<PrivateKey> PrivateKey::wrap(evp_pkey_st* key)
{
    std::shared_ptr<EVP_PKEY> shared = share(key);
    ALBS_TRY(KeyType type, type_of(key));
    // By its encoding, so that a token is not asked to verify.
    ALBS_TRY(PublicKey public_key, PublicKey::from_spki(encode_public(key)));
    std::shared_ptr<EVP_PKEY_CTX> signing = type == KeyType::p256 ? ecdsa_context(key, true) : nullptr;
    if (type == KeyType::p256 && !signing)
        return fail(Kind::environment, "OpenSSL cannot sign with this P-256 key");
    return PrivateKey(std::move(shared), std::move(signing), std::move(public_key));
}

Result<PrivateKey> PrivateKey::generate(KeyType type)
{
    EVP_PKEY* key = type == KeyType::ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519") : EVP_EC_gen("P-256");
    if (key == nullptr)
        return fail(Kind::internal, "OpenSSL cannot make a key");
    return wrap(key);
}

Result<PrivateKey> PrivateKey::from_ed25519_seed(std::span<const std::uint8_t> seed)
{
    return wrap(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem)
{
    Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // The callback refuses encrypted keys; without it OpenSSL would ask on the terminal.
    auto no_passphrase = [](char*, int, int, void*) { return -1; };
    return wrap(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
}

std::string PrivateKey::pem(std::string_view passphrase) const
{
    Owned<BIO> bio(BIO_new(BIO_s_secmem()));
    Owned<PKCS8_PRIV_KEY_INFO> info(EVP_PKEY2PKCS8(key_.get()));
    if (!bio || !info)
        return {};
    int written = 0;
    if (passphrase.empty()) {
        written = PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio.get(), info.get());
    } else {
        Owned<X509_SIG> encrypted(PKCS8_encrypt(-1, EVP_aes_256_cbc(), passphrase.data(),
                                                static_cast<int>(passphrase.size()), nullptr, 0, passphrase_rounds,
                                                info.get()));
        written = encrypted ? PEM_write_bio_PKCS8(bio.get(), encrypted.get()) : 0;
    }
    char* text = nullptr;
    long size = BIO_get_mem_data(bio.get(), &text);
    return written == 1 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

Result<Bytes> PrivateKey::sign(std::string_view message) const
{
    if (type() == KeyType::p256)
        return sign_digest(sha256(message));
    Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    Bytes signature(64);
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, as_bytes(message).data(), message.size()) != 1)
        return fail(Kind::environment, "OpenSSL cannot sign");
    return signature;
}

Result<Bytes> PrivateKey::sign_digest(const Digest& message) const
{
    if (!signing_)
        return fail(Kind::internal, "a digest is signed with P-256 only");
    Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_dup(signing_.get()));
    Bytes signature(max_p256_signature);
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign(context.get(), signature.data(), &size, message.bytes().data(), Digest::size) != 1)
        return fail(Kind::environment, "OpenSSL cannot sign");
    signature.resize(size);
    return signature;
}

bool PrivateKey::is_whole() const
{
    Result<Bytes> signature = sign("probe");
    return signature && public_.verify("probe", *signature);
}

} // namespace albs
