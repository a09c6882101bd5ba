// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "gpg/key.hpp"
#include "gpg/sign.hpp"
#include "gpg/verify.hpp"
#include "gpg/verify_detached.hpp"
#include "unit/gpg/throwaway_keys.hpp"

using namespace albs;

namespace {

// A signature that any time of the key allows: the keys are made by the test, so their creation is now.
Result<std::string> detached(std::string_view bytes, const test::ThrowawayKeys& keys)
{
    ALBS_TRY(gpg::Signer signer, gpg::Signer::open(keys.fingerprint, keys.directory.path()));
    return signer.detach(bytes, signer.time_for(1730000000));
}

} // namespace

TEST_CASE("a detached signature counts only for its bytes and for the keys that are named")
{
    test::ThrowawayKeys keys("ed25519");
    test::ThrowawayKeys others("ed25519");
    std::string home = keys.directory.path();
    auto signature = detached("bytes", keys);
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
    auto second = detached("other", keys);
    REQUIRE(second);
    CHECK(refused(verifier->verify("bytes", *signature + *second)));
    CHECK_FALSE(gpg::Verifier::make("no certificate"));
}

TEST_CASE("a keyring knows what all copies of a key say, and leaves out keys that it does not understand")
{
    test::ThrowawayKeys keys("ed25519");
    std::string home = keys.directory.path();
    auto signature = detached("bytes", keys);
    REQUIRE(signature);
    std::string valid = keys.gpg({"--export", keys.fingerprint}).out;
    std::string revocation = *sys::read_file(home + "/openpgp-revocs.d/" + keys.fingerprint + ".rev");
    REQUIRE(revocation.find(":-----BEGIN") != std::string::npos);
    keys.gpg({"--import", keys.file("revocation", revocation.substr(revocation.find(":-----BEGIN") + 1))});
    std::string revoked = keys.gpg({"--export", keys.fingerprint}).out;
    REQUIRE(revoked.size() > valid.size());
    std::string later_version("\xc6\x0a\x06\0\0\0\0\0\0\0\0\0", 12); // a primary key (packet 6) of version 6
    for (auto [text, status] : {std::pair(valid, "good"), std::pair(valid + revoked, "revoked-key"),
                                std::pair(revoked + valid, "revoked-key"), std::pair(later_version + valid, "good")}) {
        auto keyring = gpg::Keyring::load(keys.file("keyring", text));
        REQUIRE(keyring);
        auto verdict = keyring->verify(*signature, "bytes");
        REQUIRE(verdict);
        CHECK(verdict->status == status);
        CHECK(verdict->key == keys.fingerprint);
    }
    for (std::string_view text : {"", "no key", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"}) {
        auto none = gpg::Keyring::load(keys.file("keyring", text));
        REQUIRE_FALSE(none);
        CHECK(none.error().kind == Kind::input);
    }
}
