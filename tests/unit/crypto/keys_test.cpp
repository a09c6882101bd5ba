// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "albs/crypto/dsse.hpp"
#include "albs/crypto/keys.hpp"
#include "albs/json/value.hpp"
#include "albs/statement/leaf.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace {

// DER of a signature given as r and s, 32 bytes each, in hex.
Bytes der_of(const std::string& raw)
{
    Bytes body;
    for (int i = 0; i < 2; ++i) {
        Bytes number = *from_hex(raw.substr(static_cast<std::size_t>(i) * 64, 64));
        if (number.front() >= 0x80)
            number.insert(number.begin(), 0);
        body.insert(body.end(), {0x02, static_cast<std::uint8_t>(number.size())});
        body.insert(body.end(), number.begin(), number.end());
    }
    body.insert(body.begin(), {0x30, static_cast<std::uint8_t>(body.size())});
    return body;
}

PublicKey p256_key(const std::string& point)
{
    return *PublicKey::from_spki(*from_hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004" + point));
}

} // namespace

TEST_CASE("keys: the vectors of Wycheproof, ECDSA on P-256 and Ed25519")
{
    Json all = *read_json(*sys::read_file(source_file("tests/vectors/wycheproof.json")));
    int held = 0;
    int refused = 0;
    for (const Json& group : *all.find("groups")->elements()) {
        auto key = PublicKey::from_spki(*from_hex(*group.find("spki")->string()));
        REQUIRE(key);
        for (const Json& test : *group.find("tests")->elements()) {
            Bytes message = *from_hex(*test.find("message")->string());
            Bytes signature = *from_hex(*test.find("signature")->string());
            bool wanted = *test.find("holds")->boolean();
            INFO("test ", *test.find("id")->integer(), " of ", *group.find("spki")->string());
            CHECK(key->verify(as_text(message), signature) == wanted);
            ++(wanted ? held : refused);
        }
    }
    CHECK(held == 262);
    CHECK(refused == 373);
}

TEST_CASE("keys: the signatures of RFC 6979 A.2.5 hold")
{
    PublicKey key = p256_key("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                             "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    Bytes sample = der_of("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                          "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    CHECK(key.verify("sample", sample));
    CHECK_FALSE(key.verify("test", sample));
    CHECK(key.verify("test", der_of("f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                                    "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083")));
}

TEST_CASE("keys: a changed signature of P-256 does not hold, whatever changed")
{
    PrivateKey key = *PrivateKey::generate(KeyType::p256);
    std::string text = "message";
    Bytes good = *key.sign(text);
    std::vector<Bytes> bad = {{}, *from_hex("3006020100020100"), *from_hex("3006020101020101"),
                              *from_hex("3006020180020180")};
    std::string order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255";
    for (const char* last : {"0", "1", "2"}) // below the order, the order, above it
        for (const char* r : {"020101", "020100"})
            bad.push_back(*from_hex("3026" + std::string(r) + "022100" + order + last));
    bad.push_back(good);
    bad.back().push_back(0);
    for (std::size_t at = 0; at < good.size(); ++at) {
        bad.push_back(good);
        bad.back()[at] ^= static_cast<std::uint8_t>(1U << at % 8);
    }
    CHECK(key.public_key().verify(text, good));
    for (const Bytes& signature : bad)
        CHECK_FALSE(key.public_key().verify(text, signature));
}

TEST_CASE("keys: many threads sign and verify with one key")
{
    for (KeyType type : {KeyType::ed25519, KeyType::p256}) {
        PrivateKey key = *PrivateKey::generate(type);
        std::vector<int> good(4);
        {
            std::vector<std::jthread> threads;
            for (int& count : good)
                threads.emplace_back([&key, &count] {
                    for (int i = 0; i < 50; ++i) {
                        std::string text = "message " + std::to_string(i);
                        Result<Bytes> signature = key.sign(text);
                        count += signature && key.public_key().verify(text, *signature) ? 1 : 0;
                    }
                });
        }
        CHECK(good == std::vector<int>(4, 50));
    }
}

TEST_CASE("dsse: the vector of its protocol.md")
{
    CHECK(pre_authentication_encoding("http://example.com/HelloWorld", "hello world") ==
          "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    PublicKey key = p256_key("67cd390f77aa359cb08c2235f652270493a9ed832b0abcc01f70954c0390d238"
                             "0c782bd54e269125a44f4433aff1432ce94e12bca73aa67ac80cea12608ddf74");
    Envelope envelope{.payload = "hello world",
                      .payload_type = "http://example.com/HelloWorld",
                      .signature = der_of("03726ab101ad56c2763b6c6aac8e487275e2a79193a09dc5f859d9f8ef3c4a3b"
                                          "51eab0c06a369b64a7222537d4887a893dc200ae21060074d57825235b624864"),
                      .keyid = {}};
    CHECK(verify_envelope(envelope, key));
    envelope.payload = "hello World";
    CHECK_FALSE(verify_envelope(envelope, key));
}

TEST_CASE("keys: PEM and back, both types")
{
    for (KeyType type : {KeyType::ed25519, KeyType::p256}) {
        auto key = PrivateKey::generate(type);
        REQUIRE(key);
        auto again = PrivateKey::from_pem(key->pem());
        REQUIRE(again);
        CHECK(again->type() == type);
        CHECK(again->public_key().spki() == key->public_key().spki());
        CHECK(key->public_key().verify("message", *again->sign("message")));
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

TEST_CASE("leaf: a statement that is signed again has the same key, and each leaf is of its envelope only")
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
        CHECK(one->key == two->key);
        CHECK(one->key != other->key);
        CHECK(check_leaf(one->entry, one->envelope));
        CHECK(check_leaf(two->entry, two->envelope));
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
