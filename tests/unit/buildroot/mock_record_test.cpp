// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/buildroot/mock_record.hpp"

#include <doctest/doctest.h>

using namespace albs;
using namespace albs::buildroot;

TEST_CASE("installed_pkgs.log is a record, without the keys of the rpm database")
{
    auto record = read_mock_record("bash-5.1.8-9.el9.x86_64 1700000000 7738634 0123456789abcdef0123456789abcdef installed\n"
                                   "gpg-pubkey-a1b2c3d4-5e6f7a8b.(none) 1700000000 0 (none) installed\n");
    REQUIRE(record);
    REQUIRE(record->packages.size() == 1);
    CHECK(record->packages[0].nevra == "bash-5.1.8-9.el9.x86_64");
    CHECK(record->packages[0].name == "bash");
    CHECK(record->packages[0].md5 == "0123456789abcdef0123456789abcdef");
}

TEST_CASE("What is no record is refused with its line")
{
    for (const char* text : {"", "bash\n", "{\"version\": \"9.9\"}", "{\"buildroot\": []}"}) {
        CAPTURE(text);
        auto record = read_mock_record(text);
        REQUIRE(!record);
        CHECK(record.error().kind == Kind::input);
    }
}
