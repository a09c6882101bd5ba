// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures that gpg-agent makes and we frame, judged by gpg itself.
#include <cstdlib>
#include <unistd.h>

#include <doctest/doctest.h>

#include "albs/crypto/openpgp.hpp"
#include "gpg/key.hpp"
#include "gpg/sign.hpp"
#include "sys/file.hpp"
#include "unit/gpg/throwaway_keys.hpp"

using namespace albs;

namespace {

using Keys = test::ThrowawayKeys;

constexpr std::int64_t moment = 1730000000;

} // namespace

TEST_CASE("a detached signature is gpg's own, byte for byte, and gpg accepts it")
{
    for (const char* algorithm : {"rsa2048", "ed25519"}) {
        CAPTURE(algorithm);
        Keys keys(algorithm);
        auto signer = gpg::Signer::open(keys.fingerprint, keys.directory.path());
        REQUIRE_MESSAGE(signer, signer.error().message);
        CHECK(signer->key().fingerprint == keys.fingerprint);
        for (int i = 0; i < 6; ++i) {
            std::string data = keys.file("data", "some bytes\n" + std::to_string(i));
            auto armored = signer->detach_file(data, moment);
            REQUIRE_MESSAGE(armored, armored.error().message);
            CHECK(*armored == *signer->detach(*sys::read_file(data), moment));
            std::string signature = keys.file("data.asc", *armored);
            sys::ProcessResult verdict = keys.gpg({"--verify", signature, data});
            CHECK_MESSAGE(verdict.status == 0, verdict.err);
            REQUIRE(sys::remove_tree(keys.directory.path() + "/gpg.sig"));
            CHECK(keys.gpg({"--digest-algo", "SHA256", "--faked-system-time", "20241027T033320!", "-u",
                            keys.fingerprint, "-o", keys.directory.path() + "/gpg.sig", "--detach-sign", data})
                      .status == 0);
            CHECK(*openpgp::dearmor(*armored) ==
                  *openpgp::dearmor(*sys::read_file(keys.directory.path() + "/gpg.sig")));
            auto info = openpgp::read_signature(*openpgp::dearmor(*armored));
            REQUIRE(info);
            CHECK(info->created == moment);
            CHECK(info->issuer == keys.fingerprint);
        }
    }
}

TEST_CASE("a clear signature survives dashes, blanks, From lines and a missing last line end")
{
    Keys keys("ed25519");
    auto signer = gpg::Signer::open(keys.fingerprint, keys.directory.path());
    REQUIRE(signer);
    for (const char* text : {"plain\n", "", "\n", "- dash\n--\nFrom me \t\r\n\n  end  ", "a\n\n\n", "no end"}) {
        CAPTURE(text);
        auto clear = signer->clear(text, moment);
        REQUIRE(clear);
        sys::ProcessResult verdict = keys.gpg({"--verify", keys.file("clear.asc", *clear)});
        CHECK_MESSAGE(verdict.status == 0, verdict.err);
        std::string changed = *clear;
        changed.insert(changed.find("SHA256\n\n") + 8, "x");
        CHECK(keys.gpg({"--verify", keys.file("clear.asc", changed)}).status != 0);
    }
}

TEST_CASE("keys are named by their whole fingerprint, exist and are valid today")
{
    Keys keys("ed25519", "20240201T000000");
    auto error = [&](const std::string& key) {
        auto signer = gpg::Signer::open(key, keys.directory.path());
        REQUIRE_FALSE(signer);
        return signer.error();
    };
    CHECK(error("t@example.org").kind == Kind::usage);
    CHECK(error(keys.fingerprint.substr(24)).kind == Kind::usage);
    CHECK(error(std::string(40, 'A')).kind == Kind::environment);
    CHECK(error(std::string(40, 'A')).message.find("no secret key AAAA") == 0);
    CHECK(error(keys.fingerprint).kind == Kind::trust);
    CHECK(error(keys.fingerprint).message.find("expired at 2024-0") != std::string::npos);
    CHECK(gpg::Signer::open(keys.fingerprint, "/nonexistent").error().kind == Kind::environment);
}

TEST_CASE("an exported key reads back, and its validity in time is known")
{
    Keys keys("rsa2048", "20400101T000000");
    auto armored = gpg::export_key(keys.fingerprint, keys.directory.path());
    REQUIRE_MESSAGE(armored, armored.error().message);
    CHECK(*armored == *gpg::export_key(keys.fingerprint, keys.directory.path()));
    auto certificates = openpgp::read_certificates(*armored);
    REQUIRE(certificates);
    REQUIRE(certificates->size() == 1);
    CHECK(certificates->at(0).fingerprint == keys.fingerprint);
    CHECK(certificates->at(0).has(keys.fingerprint.substr(24)));
    CHECK_FALSE(certificates->at(0).has(std::string(16, '0')));
    auto validity = gpg::read_validity(*armored);
    REQUIRE_MESSAGE(validity, validity.error().message);
    CHECK(validity->at(0).fingerprint == keys.fingerprint);
    CHECK_FALSE(validity->at(0).revoked);
    CHECK(validity->at(0).expires.value_or(0) > 2200000000);
    CHECK(openpgp::read_certificates(*armored + *armored)->size() == 2);
    std::string damaged = *armored;
    damaged[damaged.size() / 2] = damaged[damaged.size() / 2] == 'A' ? 'B' : 'A';
    CHECK_FALSE(openpgp::dearmor(damaged));
    CHECK_FALSE(openpgp::read_certificates("no key"));
    CHECK_FALSE(openpgp::read_certificates(""));
}

TEST_CASE("an agent that we started is stopped, one that ran before is left alone")
{
    Keys keys("ed25519");
    auto running = [&] {
        return Keys::run(
                   {"gpg-connect-agent", "--homedir", keys.directory.path(), "--no-autostart", "GETINFO pid", "/bye"})
                   .out.find("OK") != std::string::npos;
    };
    std::string socket = Keys::run({"gpgconf", "--homedir", keys.directory.path(), "--list-dirs", "agent-socket"}).out;
    std::string ours;
    {
        auto one = gpg::Home::open(keys.directory.path());
        REQUIRE(one);
        ours = one->agent_sockets().front();
        CHECK(ours + "\n" != socket);
        auto two = gpg::Home::open(keys.directory.path());
        REQUIRE(two);
        CHECK(two->agent_sockets().front() != ours);
        CHECK(gpg::find_signing_key(*one, keys.fingerprint));
        CHECK(gpg::find_signing_key(*two, keys.fingerprint));
        CHECK_FALSE(running()); // the user sees neither
    }
    CHECK_FALSE(sys::exists(ours));
    CHECK_FALSE(running());
    keys.gpg({"--list-secret-keys"});
    REQUIRE(running());
    {
        auto one = gpg::Home::open(keys.directory.path());
        REQUIRE(one);
        CHECK(one->agent_sockets().front() + "\n" == socket);
        CHECK(gpg::find_signing_key(*one, keys.fingerprint));
    }
    CHECK(running());
    // An agent that does not come up is said of the directory of keys.
    keys.stop();
    while (running())
        ::usleep(10000);
    REQUIRE(sys::write_file(keys.directory.path() + "/gpg-agent", "#!/bin/sh\nexit 2\n", 0755));
    std::string path = std::getenv("PATH");
    ::setenv("PATH", (keys.directory.path() + ":" + path).c_str(), 1);
    auto broken = gpg::Home::open(keys.directory.path());
    ::setenv("PATH", path.c_str(), 1);
    REQUIRE_FALSE(broken);
    CHECK(broken.error().kind == Kind::environment);
    CHECK(broken.error().message.starts_with("cannot start gpg-agent for '" + keys.directory.path() + "': "));
}
