// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/buildroot/mock_record.hpp"

#include <doctest/doctest.h>

using namespace albs;
using namespace albs::buildroot;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

const char* const mock_lock = R"({"version": "1.1.0", "buildroot": {"rpms": [
 {"name": "bash", "epoch": "2", "version": "5", "release": "1", "arch": "x86_64", "sigmd5": "0123456789abcdef0123456789abcdef"},
 {"name": "gpg-pubkey", "epoch": null, "version": "5", "release": "1", "arch": "x86_64", "sigmd5": "0123456789abcdef0123456789abcdef"}
]}, "config": {"target_arch": "x86_64"}})";

} // namespace

TEST_CASE("mock's lock and log name packages; keys are none")
{
    auto record = read_mock_record(mock_lock);
    REQUIRE(record.has_value());
    CHECK(record->arch == "x86_64");
    REQUIRE(record->packages.size() == 1);
    CHECK(record->packages[0].nevra == "bash-2:5-1.x86_64");
    auto log = read_mock_record("bash-2:5-1.x86_64 1 2 0123456789abcdef0123456789abcdef installed\n\n"
                           "gpg-pubkey-1-2.(none) 1 0 (none) installed\n");
    REQUIRE(log.has_value());
    REQUIRE(log->packages.size() == 1);
    CHECK(log->packages[0].nevra == record->packages[0].nevra);
    CHECK(log->packages[0].md5 == record->packages[0].md5);
}

TEST_CASE("a record of mock that was cut or changed is refused with the place of it")
{
    std::string text = mock_lock;
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE(read_mock_record(text.substr(0, length)).has_value());
    CHECK_FALSE(read_mock_record(replaced(text, "1.1.0", "2.0.0")).has_value());
    CHECK_FALSE(read_mock_record(replaced(text, "0123456789abcdef0123456789abcdef", "0123")).has_value());
    for (const char* line :
         {"bash-5-1.x86_64 1 2 0123456789abcdef0123456789abcdef", "bash 1 2 0123456789abcdef0123456789abcdef installed",
          "bash-x:5-1.x86_64 1 2 0123456789abcdef0123456789abcdef installed", "bash-5-1.x86_64 1 2 0123 installed",
          "-5-1.x86_64 1 2 0123456789abcdef0123456789abcdef installed"}) {
        CAPTURE(line);
        auto record =
            read_mock_record(std::string("a-1-1.noarch 1 2 0123456789abcdef0123456789abcdef installed\n") + line + "\n");
        REQUIRE_FALSE(record.has_value());
        CHECK(record.error().message.starts_with("line 2"));
    }
}
