// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/keys.hpp"

#include <array>
#include <map>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "albs/crypto/p256_sign.hpp"
#include "albs/crypto/p256_verify.hpp"

namespace albs {
namespace {

struct Free {
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

Result<KeyType> type_of(const EVP_PKEY* key)
{
    if (key == nullptr)
        return fail(Kind::input, "not a key in this encoding");
    if (EVP_PKEY_is_a(key, "ED25519"))
        return KeyType::ed25519;
    std::array<char, 32> group{};
    std::size_t length = 0;
    if (EVP_PKEY_is_a(key, "EC") &&
        EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length) == 1 &&
        std::string_view(group.data()) == "prime256v1")
        return KeyType::p256;
    return fail(Kind::input, "neither an Ed25519 nor a P-256 key");
}

std::shared_ptr<EVP_PKEY> share(EVP_PKEY* key)
{
    return {key, EVP_PKEY_free};
}

Result<Bytes> secret_of(const EVP_PKEY* key)
{
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1)
        return fail(Kind::input, "the key has no secret part");
    Owned<BIGNUM> owned(number);
    Bytes secret(32);
    if (BN_bn2binpad(number, secret.data(), 32) != 32)
        return fail(Kind::internal, "a P-256 secret that is too large");
    return secret;
}

} // namespace

PublicKey::PublicKey(KeyType type, std::shared_ptr<evp_pkey_st> key) : type_(type), key_(std::move(key))
{
    int size = i2d_PUBKEY(key_.get(), nullptr);
    auto der = std::make_shared<Bytes>(static_cast<std::size_t>(size > 0 ? size : 0));
    std::uint8_t* end = der->data();
    (void)i2d_PUBKEY(key_.get(), &end);
    spki_ = std::move(der);
}

Result<PublicKey> PublicKey::wrap(evp_pkey_st* key)
{
    std::shared_ptr<EVP_PKEY> shared = share(key);
    ALBS_TRY(KeyType type, type_of(key));
    return PublicKey(type, std::move(shared));
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
    // One key, one spelling: otherwise a leaf could be written in several ways.
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

// The end of the encoding, of a P-256 key that is not compressed.
std::span<const std::uint8_t> PublicKey::uncompressed_point() const
{
    constexpr std::size_t point = 65;
    constexpr std::size_t whole = 26 + point;
    if (type_ != KeyType::p256 || spki_->size() != whole)
        return {};
    return std::span<const std::uint8_t>(*spki_).last(point);
}

bool PublicKey::verify(std::string_view message, std::span<const std::uint8_t> signature) const
{
    if (std::span<const std::uint8_t> point = uncompressed_point(); !point.empty())
        if (std::shared_ptr<const P256Verifier> verifier = P256Verifier::of_busy_key(point))
            return verifier->verify(sha256(message), signature);
    Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    const EVP_MD* digest = type_ == KeyType::p256 ? EVP_sha256() : nullptr;
    return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), as_bytes(message).data(),
                            message.size()) == 1;
}

PrivateKey::PrivateKey(KeyType type, std::shared_ptr<evp_pkey_st> key)
    : type_(type), key_(std::move(key)), public_(type_, key_)
{
    if (type_ != KeyType::p256)
        return;
    auto wipe = [](Bytes* bytes) {
        OPENSSL_cleanse(bytes->data(), bytes->size());
        delete bytes;
    };
    if (Result<Bytes> secret = secret_of(key_.get()))
        secret_ = std::shared_ptr<Bytes>(new Bytes(std::move(*secret)), wipe);
}

Result<PrivateKey> PrivateKey::wrap(evp_pkey_st* key)
{
    std::shared_ptr<EVP_PKEY> shared = share(key);
    ALBS_TRY(KeyType type, type_of(key));
    return PrivateKey(type, std::move(shared));
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

Result<PrivateKey> PrivateKey::from_p256_secret(std::span<const std::uint8_t> secret)
{
    ALBS_TRY(Bytes point, p256_point(secret));
    Owned<BIGNUM> number(BN_bin2bn(secret.data(), static_cast<int>(secret.size()), nullptr));
    Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!number || !builder || !context ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return fail(Kind::internal, "OpenSSL cannot describe a P-256 key");
    Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) != 1)
        return fail(Kind::internal, "OpenSSL cannot make a P-256 key");
    return wrap(key);
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem)
{
    Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // The callback refuses encrypted keys; without it OpenSSL would ask on the terminal.
    auto no_passphrase = [](char*, int, int, void*) { return -1; };
    return wrap(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
}

std::string PrivateKey::pem() const
{
    Owned<BIO> bio(BIO_new(BIO_s_secmem()));
    char* text = nullptr;
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

Result<Bytes> PrivateKey::sign(std::string_view message) const
{
    if (type_ == KeyType::p256) {
        ALBS_TRY(std::vector<Bytes> signatures, sign_all(std::span(&message, 1)));
        return signatures.front();
    }
    Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    Bytes signature(64);
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, as_bytes(message).data(), message.size()) != 1)
        return fail(Kind::internal, "OpenSSL cannot sign");
    return signature;
}

Result<std::vector<Bytes>> PrivateKey::sign_all(std::span<const std::string_view> messages) const
{
    if (type_ == KeyType::p256) {
        std::vector<Digest> digests;
        for (std::string_view message : messages)
            digests.push_back(sha256(message));
        return sign_digests(digests);
    }
    std::vector<Bytes> signatures;
    for (std::string_view message : messages) {
        ALBS_TRY(Bytes signature, sign(message));
        signatures.push_back(std::move(signature));
    }
    return signatures;
}

Result<std::vector<Bytes>> PrivateKey::sign_digests(std::span<const Digest> messages) const
{
    if (!secret_)
        return fail(Kind::input, "no secret of P-256 in the key");
    return sign_p256(*secret_, messages);
}

bool PrivateKey::is_whole() const
{
    Result<Bytes> signature = sign("probe");
    return signature && public_.verify("probe", *signature);
}

} // namespace albs
