// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "albs/crypto/dsse.hpp"
#include "albs/crypto/keys.hpp"
#include "albs/crypto/p256_sign.hpp"
#include "albs/crypto/p256_verify.hpp"
#include "albs/statement/leaf.hpp"

using namespace albs;

namespace {

// r and s of a DER signature, 32 bytes each.
std::string raw_of(const Bytes& der)
{
    std::string raw;
    std::size_t at = 2;
    for (int i = 0; i < 2; ++i) {
        std::size_t size = der[at + 1];
        std::size_t from = at + 2 + (size > 32 ? size - 32 : 0);
        raw += std::string(64 - 2 * std::min<std::size_t>(size, 32), '0');
        raw += to_hex(std::span(der).subspan(from, std::min<std::size_t>(size, 32)));
        at += 2 + size;
    }
    return raw;
}

Result<Bytes> sign_one(std::span<const std::uint8_t> secret, std::string_view message)
{
    Digest digest = sha256(message);
    ALBS_TRY(std::vector<Bytes> signatures, sign_p256(secret, std::span(&digest, 1)));
    return signatures.front();
}

} // namespace

TEST_CASE("p256: many at once are signed as one by one")
{
    PrivateKey key = *PrivateKey::generate(KeyType::p256);
    std::vector<std::string> texts;
    for (int i = 0; i < 70; ++i)
        texts.push_back("message " + std::to_string(i));
    std::vector<std::string_view> messages(texts.begin(), texts.end());
    auto all = key.sign_all(messages);
    REQUIRE(all);
    REQUIRE(all->size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CHECK((*all)[i] == *key.sign(texts[i]));
        CHECK(key.public_key().verify(texts[i], (*all)[i]));
    }
    CHECK(key.sign_all({})->empty());
}

TEST_CASE("p256: a hash above the order is reduced")
{
    const Bytes secret(32, 7);
    auto signed_as = [&](std::string_view hex) {
        Digest message = *Digest::parse(hex);
        return sign_p256(secret, std::span(&message, 1))->front();
    };
    // 2^256 - 1, and what is left of it modulo the order: RFC 6979 §2.3.4 knows the second only.
    CHECK(signed_as("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff") ==
          signed_as("00000000ffffffff00000000000000004319055258e8617b0c46353d039cdaae"));
}

TEST_CASE("p256: a verifier of many signatures says what OpenSSL says")
{
    PrivateKey key = *PrivateKey::generate(KeyType::p256);
    const PublicKey& plain = key.public_key(); // asked for less often than P256Verifier::of_busy_key() wants
    std::span<const std::uint8_t> point = std::span(plain.spki()).last(65);
    auto verifier = P256Verifier::make(point);
    REQUIRE(verifier);
    std::vector<Bytes> tried = {{}, *from_hex("3006020100020100"), *from_hex("3006020101020101"),
                                *from_hex("3006020180020180")};
    std::string order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255";
    for (const char* last : {"0", "1", "2"}) // below the order, the order, above it
        for (const char* r : {"020101", "020100"})
            tried.push_back(*from_hex("3026" + std::string(r) + "022100" + order + last));
    for (int i = 0; i < 40; ++i) {
        std::string text = "message " + std::to_string(i);
        Bytes good = *key.sign(text);
        CHECK(verifier->verify(sha256(text), good));
        CHECK_FALSE(verifier->verify(sha256(text + "!"), good));
        tried.push_back(good); // of other texts than the last
        tried.push_back(good);
        tried.back().push_back(0);
        for (std::size_t at = 0; at < good.size(); at += 3) {
            tried.push_back(good);
            tried.back()[at] ^= static_cast<std::uint8_t>(1U << i % 8);
        }
    }
    std::string text = "message 39";
    std::size_t held = 0;
    for (const Bytes& signature : tried) {
        bool holds = verifier->verify(sha256(text), signature);
        held += holds ? 1 : 0;
        CHECK(holds == plain.verify(text, signature));
    }
    CHECK(held == 1);
    Bytes off_curve(point.begin(), point.end());
    off_curve.back() ^= 1;
    CHECK(P256Verifier::make(off_curve) == nullptr);
}

TEST_CASE("p256: a busy key verifies as before")
{
    PrivateKey key = *PrivateKey::generate(KeyType::p256);
    Bytes signature = *key.sign("text");
    for (int i = 0; i < 2100; ++i) {
        REQUIRE(key.public_key().verify("text", signature));
        REQUIRE_FALSE(key.public_key().verify("tex", signature));
    }
}

TEST_CASE("p256: the vectors of RFC 6979 A.2.5")
{
    Bytes secret = *from_hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    auto sample = sign_one(secret, "sample");
    REQUIRE(sample);
    CHECK(raw_of(*sample) == "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                             "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    auto test = sign_one(secret, "test");
    REQUIRE(test);
    CHECK(raw_of(*test) == "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                           "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083");
    auto key = PrivateKey::from_p256_secret(secret);
    REQUIRE(key);
    CHECK(key->public_key().verify("sample", *sample));
    CHECK_FALSE(key->public_key().verify("sample", *test));
}

TEST_CASE("dsse: the vector of its protocol.md, signature included")
{
    CHECK(pre_authentication_encoding("http://example.com/HelloWorld", "hello world") ==
          "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    auto key =
        PrivateKey::from_p256_secret(*from_hex("d73ec437fd6346e3619c5ebfdfff0f6916804955ad32ac9ac492b0ede1f6ffb7"));
    REQUIRE(key);
    auto envelope = sign_envelope("hello world", "http://example.com/HelloWorld", *key);
    REQUIRE(envelope);
    CHECK(raw_of(envelope->signature) == "03726ab101ad56c2763b6c6aac8e487275e2a79193a09dc5f859d9f8ef3c4a3b"
                                         "51eab0c06a369b64a7222537d4887a893dc200ae21060074d57825235b624864");
    CHECK(verify_envelope(*envelope, key->public_key()));
    envelope->payload = "hello World";
    CHECK_FALSE(verify_envelope(*envelope, key->public_key()));
}

TEST_CASE("keys: secrets out of range are refused")
{
    CHECK_FALSE(sign_one(Bytes(32, 0), "x"));
    CHECK_FALSE(sign_one(Bytes(32, 0xff), "x"));
    CHECK_FALSE(sign_one(Bytes(31, 1), "x"));
}

TEST_CASE("keys: PEM and back, both types")
{
    for (KeyType type : {KeyType::ed25519, KeyType::p256}) {
        auto key = PrivateKey::generate(type);
        REQUIRE(key);
        auto again = PrivateKey::from_pem(key->pem());
        REQUIRE(again);
        CHECK(again->type() == type);
        CHECK(*again->sign("message") == *key->sign("message"));
        auto spki = PublicKey::from_spki(key->public_key().spki());
        REQUIRE(spki);
        CHECK(spki->verify("message", *key->sign("message")));
        CHECK_FALSE(spki->verify("other", *key->sign("message")));
        CHECK_FALSE(spki->verify("message", Bytes()));
    }
    CHECK_FALSE(PrivateKey::from_pem("not a key"));
    CHECK_FALSE(PrivateKey::from_pem(""));
}

TEST_CASE("keys: Ed25519 of RFC 8032 7.1 test 2")
{
    auto key =
        PrivateKey::from_ed25519_seed(*from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    REQUIRE(key);
    CHECK(to_hex(key->public_key().raw()) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    CHECK(to_hex(*key->sign("r")) == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("leaf: each profile makes the same bytes twice, and its leaf is of its envelope only")
{
    for (Profile profile : {Profile::rekor, Profile::sigsum, Profile::raw}) {
        auto key = PrivateKey::generate(statement_key_type(profile));
        REQUIRE(key);
        auto one = sign_statement(profile, "{\"a\":1}", *key);
        auto two = sign_statement(profile, "{\"a\":1}", *key);
        auto other = sign_statement(profile, "{\"a\":2}", *key);
        REQUIRE(one);
        REQUIRE(two);
        REQUIRE(other);
        CHECK(one->entry == two->entry);
        CHECK(check_leaf(one->entry, one->envelope));
        CHECK_FALSE(check_leaf(one->entry, other->envelope));
        CHECK_FALSE(check_leaf(other->entry, one->envelope));
        CHECK(*leaf_key(one->entry) == statement_key(profile, one->envelope));
        Envelope changed = one->envelope;
        changed.signature[10] ^= 1;
        CHECK_FALSE(check_leaf(one->entry, changed));
        auto read = Envelope::from(one->envelope.json());
        REQUIRE(read);
        CHECK(check_leaf(one->entry, *read));
    }
}
