// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <string>

#include "albs/crypto/keys.hpp"
#include "albs/crypto/verified_signatures.hpp"

using namespace albs;

TEST_CASE("verified signatures: what held once is known by key, message and signature")
{
    VerifiedSignatures kept;
    const Bytes key{1, 2};
    const Bytes signature{3, 4, 5};
    const Digest name = VerifiedSignatures::name(key, sha256("a"), signature);
    CHECK_FALSE(kept.contains(name));
    kept.add(name);
    CHECK(kept.contains(name));
    CHECK_FALSE(kept.contains(VerifiedSignatures::name(Bytes{1, 3}, sha256("a"), signature)));
    CHECK_FALSE(kept.contains(VerifiedSignatures::name(key, sha256("b"), signature)));
    CHECK_FALSE(kept.contains(VerifiedSignatures::name(key, sha256("a"), Bytes{3, 4})));
}

TEST_CASE("verified signatures: no more are kept than said")
{
    VerifiedSignatures kept;
    kept.add(sha256("first"));
    for (std::size_t i = 1; i <= VerifiedSignatures::max_kept; ++i)
        kept.add(sha256(std::to_string(i)));
    CHECK_FALSE(kept.contains(sha256("first")));
    CHECK(kept.contains(sha256(std::to_string(VerifiedSignatures::max_kept))));
}

TEST_CASE("verified signatures: a key remembers what held, and only that")
{
    PrivateKey key = *PrivateKey::generate(KeyType::p256);
    PrivateKey other = *PrivateKey::generate(KeyType::p256);
    Bytes signature = *key.sign("text");
    auto is_kept = [&](const PrivateKey& one, const Bytes& bytes) {
        return VerifiedSignatures::all().contains(
            VerifiedSignatures::name(one.public_key().spki(), sha256("text"), bytes));
    };
    CHECK_FALSE(is_kept(key, signature));
    CHECK(key.public_key().verify("text", signature));
    CHECK(is_kept(key, signature));
    CHECK(key.public_key().verify("text", signature));
    Bytes flipped = signature;
    flipped.back() ^= 1;
    CHECK_FALSE(key.public_key().verify("text", flipped));
    CHECK_FALSE(is_kept(key, flipped));
    CHECK_FALSE(other.public_key().verify("text", signature));
    CHECK_FALSE(is_kept(other, signature));
    CHECK_FALSE(key.public_key().verify("texts", signature));
}
