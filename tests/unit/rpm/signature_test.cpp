// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures in package files: placed as rpmsign places them, taken out again to the byte, and not believed lightly.
#include <doctest/doctest.h>

#include "gpg/sign.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "unit/gpg/throwaway_keys.hpp"

using namespace albs;
using Keys = test::ThrowawayKeys;

namespace {

constexpr std::int64_t moment = 1730000000;

/// A package in the key directory, built once per call.
std::string build(const Keys& keys)
{
    std::string top = keys.directory.path();
    std::string spec =
        keys.file("tiny.spec", "Name: tiny\nVersion: 1\nRelease: 1\nSummary: s\nLicense: MIT\nBuildArch: noarch\n"
                               "%description\nd\n%install\nmkdir -p %{buildroot}/opt\n"
                               "seq 5000 > %{buildroot}/opt/tiny\n%files\n/opt/tiny\n");
    sys::ProcessResult built =
        Keys::run({"rpmbuild", "-bb", "--define", "_topdir " + top, "--define", "_rpmdir " + top, spec});
    REQUIRE_MESSAGE(built.status == 0, built.err);
    return top + "/noarch/tiny-1-1.noarch.rpm";
}

std::string sign(const Keys& keys, const gpg::Signer& signer, const std::string& from, bool v3, const std::string& name)
{
    auto signable = rpm::library().hash_for_signing(from);
    REQUIRE_MESSAGE(signable, signable.error().message);
    std::vector<rpm::PackageSignature> signatures;
    auto header = signer.sign(std::move(signable->header), moment);
    REQUIRE_MESSAGE(header, header.error().message);
    signatures.push_back({true, *openpgp::read_signature(*header), *header});
    if (v3) {
        auto both = signer.sign(std::move(signable->header_and_payload), moment);
        REQUIRE(both);
        signatures.push_back({false, *openpgp::read_signature(*both), *both});
    }
    std::string to = keys.directory.path() + "/" + name;
    auto written = rpm::library().write_signed(from, to, signatures);
    REQUIRE_MESSAGE(written, written.error().message);
    return to;
}

std::string bytes(const std::string& path)
{
    return *sys::read_file(path);
}

rpm::Verdict verify(const std::string& path, const Keys& keys)
{
    auto keyring = rpm::library().parse_keyring(*gpg::export_key(keys.fingerprint, keys.directory.path()));
    REQUIRE_MESSAGE(keyring, keyring.error().message);
    auto verdict = rpm::library().verify_signature(path, *keyring);
    REQUIRE_MESSAGE(verdict, verdict.error().message);
    return *verdict;
}

} // namespace

TEST_CASE("a signed package is rpmsign's to the byte, verifies, and unsigns to the built one")
{
    for (const char* algorithm : {"rsa2048", "ed25519"})
        for (bool v3 : {false, true}) {
            CAPTURE(algorithm);
            CAPTURE(v3);
            Keys keys(algorithm);
            std::string built = build(keys);
            auto signer = gpg::Signer::open(keys.fingerprint, keys.directory.path());
            REQUIRE(signer);
            std::string ours = sign(keys, *signer, built, v3, "ours.rpm");
            std::string theirs = keys.file("theirs.rpm", bytes(built));
            std::vector<std::string> command{
                "rpmsign",  "--addsign",
                "--define", "__gpg /usr/bin/gpg",
                "--define", "_gpg_path " + keys.directory.path(),
                "--define", "_gpg_name " + keys.fingerprint,
                "--define", "_gpg_digest_algo sha256",
                "--define", "_gpg_sign_cmd_extra_args --faked-system-time 20241027T033320!",
                theirs};
            if (v3)
                command.insert(command.begin() + 1, "--rpmv3");
            sys::ProcessResult done = Keys::run(command);
            REQUIRE_MESSAGE(done.status == 0, done.err);
            CHECK(bytes(ours) == bytes(theirs));
            rpm::Verdict verdict = verify(ours, keys);
            CHECK_MESSAGE(verdict.good, verdict.reason);
            CHECK(verdict.key() == keys.fingerprint);
            CHECK(verdict.signatures.size() == (v3 ? 2 : 1));
            CHECK(verdict.signatures[0].created == moment);
            CHECK(rpm::library().read_info(ours)->header_sha256 == rpm::library().read_info(built)->header_sha256);
            std::string restored = keys.directory.path() + "/restored.rpm";
            auto written = rpm::library().write_unsigned(ours, restored);
            REQUIRE(written);
            CHECK(written->is_proven);
            CHECK(bytes(restored) == bytes(built));
            for (const std::string& path : {ours, built}) {
                auto digest = rpm::library().digest_unsigned(path);
                REQUIRE(digest);
                CHECK(digest->is_proven);
                CHECK(digest->digest.sha256 == sha256(bytes(built)));
            }
        }
}

TEST_CASE("nothing but a whole package with the wanted key's signature is good")
{
    Keys keys("ed25519");
    Keys others("ed25519");
    std::string built = build(keys);
    auto signer = gpg::Signer::open(keys.fingerprint, keys.directory.path());
    REQUIRE(signer);
    std::string good = sign(keys, *signer, built, false, "good.rpm");
    CHECK(verify(good, keys).good);
    CHECK(verify(built, keys).reason == "not signed");
    CHECK(verify(good, others).reason == "signed by another key: " + keys.fingerprint);
    std::string whole = bytes(good);
    auto layout = rpm::read_layout(good);
    REQUIRE(layout);
    auto changed = [&](std::int64_t at) {
        std::string copy = whole;
        copy[static_cast<std::size_t>(at)] = static_cast<char>(copy[static_cast<std::size_t>(at)] ^ 1);
        return verify(keys.file("changed.rpm", copy), keys);
    };
    CHECK(changed(layout->size - 1).reason == "the payload is not what its digest says");
    CHECK(changed(layout->payload).reason == "the payload is not what its digest says");
    CHECK_FALSE(changed(layout->payload - 1).good);
    CHECK_FALSE(changed(layout->header).good);
    CHECK_FALSE(verify(keys.file("short.rpm", std::string_view(whole).substr(0, whole.size() - 7)), keys).good);
    CHECK_FALSE(verify(keys.file("short.rpm", std::string_view(whole).substr(0, 500)), keys).good);
    CHECK_FALSE(verify(keys.file("short.rpm", ""), keys).good);
    CHECK_FALSE(verify(keys.file("text.rpm", "no package at all, however long this text goes on, and on, and on, and on"
                                             "no package at all, however long this text goes on, and on, and on"),
                       keys)
                    .good);
    auto keyring = rpm::library().parse_keyring(*gpg::export_key(keys.fingerprint, keys.directory.path()));
    CHECK(rpm::library().verify_signature("/nonexistent", *keyring).error().kind == Kind::environment);
    CHECK(rpm::library().read_keyring("/nonexistent").error().kind == Kind::environment);
    CHECK(rpm::library().parse_keyring("x").error().kind == Kind::input);
}

TEST_CASE("no flipped bit anywhere in header or payload goes unnoticed, and none crashes the reader")
{
    Keys keys("ed25519");
    std::string built = build(keys);
    auto signer = gpg::Signer::open(keys.fingerprint, keys.directory.path());
    std::string whole = bytes(sign(keys, *signer, built, true, "good.rpm"));
    auto keyring = rpm::library().parse_keyring(*gpg::export_key(keys.fingerprint, keys.directory.path()));
    auto layout = rpm::read_layout(keys.directory.path() + "/good.rpm");
    std::string path = keys.directory.path() + "/changed.rpm";
    for (std::size_t at = 96; at < whole.size(); at += 89) {
        std::string copy = whole;
        copy[at] = static_cast<char>(copy[at] ^ (1 << (at % 8)));
        REQUIRE(sys::write_file(path, copy));
        auto verdict = rpm::library().verify_signature(path, *keyring);
        REQUIRE(verdict);
        if (at >= static_cast<std::size_t>(layout->header))
            CHECK_FALSE(verdict->good);
    }
}
