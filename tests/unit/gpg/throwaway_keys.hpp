// SPDX-License-Identifier: GPL-3.0-or-later
// A key directory for one unit test, gone with its agent afterwards.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace albs::test {

/// A key directory with one key, made 2024-01-01.
struct ThrowawayKeys {
    sys::TemporaryDirectory directory;
    std::string fingerprint;

    static sys::ProcessResult run(std::vector<std::string> argv)
    {
        sys::Command command;
        command.argv = std::move(argv);
        auto done = sys::run(command);
        REQUIRE(done);
        return *done;
    }
    sys::ProcessResult gpg(std::vector<std::string> words) const
    {
        std::vector<std::string> argv{"gpg", "--homedir", directory.path(), "--batch", "--no-tty", "--quiet"};
        argv.insert(argv.end(), words.begin(), words.end());
        return run(argv);
    }
    explicit ThrowawayKeys(const std::string& algorithm, const std::string& expire = "never")
        : directory(*sys::TemporaryDirectory::make("albs-gpg"))
    {
        sys::ProcessResult made =
            gpg({"--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", "20240101T000000",
                 "--quick-generate-key", "t (test) <t@example.org>", algorithm, "sign", expire});
        REQUIRE_MESSAGE(made.status == 0, made.err);
        std::string list = gpg({"--with-colons", "--list-secret-keys"}).out;
        fingerprint = list.substr(list.find("fpr:::::::::") + 12, 40);
        stop();
    }
    void stop() const { CHECK(run({"gpgconf", "--homedir", directory.path(), "--kill", "gpg-agent"}).status == 0); }
    ~ThrowawayKeys() { stop(); }
    std::string file(const std::string& name, std::string_view bytes) const
    {
        std::string path = directory.path() + "/" + name;
        REQUIRE(sys::write_file(path, bytes));
        return path;
    }
};

} // namespace albs::test
