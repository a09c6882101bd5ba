// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "gpg/key.hpp"
#include "gpg/sign.hpp"
#include "gpg/verify.hpp"
#include "unit/gpg/throwaway_keys.hpp"

using namespace albs;

TEST_CASE("a detached signature counts only for its bytes and for the keys that are named")
{
    test::ThrowawayKeys keys("ed25519");
    test::ThrowawayKeys others("ed25519");
    std::string home = keys.directory.path();
    auto signature = gpg::detach_sign("bytes", keys.fingerprint, home, 1730000000);
    REQUIRE(signature);
    auto verifier = gpg::Verifier::make(*gpg::export_key(keys.fingerprint, home));
    REQUIRE(verifier);
    CHECK(*verifier->verify("bytes", *signature) == keys.fingerprint);
    auto refused = [](const Result<std::string>& verdict) { return !verdict && verdict.error().kind == Kind::trust; };
    CHECK(refused(verifier->verify("bytez", *signature)));
    CHECK(refused(verifier->verify("", *signature)));
    CHECK(refused(verifier->verify("bytes", "")));
    CHECK(refused(verifier->verify("bytes", "no signature")));

    auto stranger = gpg::Verifier::make(*gpg::export_key(others.fingerprint, others.directory.path()));
    REQUIRE(stranger);
    CHECK(refused(stranger->verify("bytes", *signature)));
    // One bad signature among good ones is no accident.
    auto second = gpg::detach_sign("other", keys.fingerprint, home, 1730000000);
    REQUIRE(second);
    CHECK(refused(verifier->verify("bytes", *signature + *second)));
    CHECK_FALSE(gpg::Verifier::make("no certificate"));
}
