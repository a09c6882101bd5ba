// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-test/inspection/settings.hpp"

#include <doctest/doctest.h>

using namespace albs::test;

TEST_CASE("settings: sections, values over several lines, comments between them")
{
    const Settings unit = read_settings("# a comment\n[Unit]\nDescription = A b\n\n[Service]\nExecStart=/usr/bin/x \\\n"
                                        "  ; not an argument\n  --one \\\n  --two\nType=simple\n");
    CHECK(unit.bad_lines.empty());
    CHECK(unit.sections == std::vector<std::string>{"Unit", "Service"});
    REQUIRE(unit.find("Unit", "Description") != nullptr);
    CHECK(*unit.find("Unit", "Description") == "A b");
    REQUIRE(unit.find("Service", "ExecStart") != nullptr);
    CHECK(*unit.find("Service", "ExecStart") == "/usr/bin/x  --one  --two");
    CHECK(unit.find("Service", "Restart") == nullptr);
}

TEST_CASE("settings: lines that are none are told")
{
    CHECK(read_settings("Type=simple\n[Service]\n").bad_lines == std::vector<std::string>{"Type=simple"});
    CHECK(read_settings("[Service]\nType simple\n=x\n").bad_lines == std::vector<std::string>{"Type simple", "=x"});
    CHECK(read_settings("[Service]\nType=a\\\n").bad_lines == std::vector<std::string>{"Type=a "});
    CHECK(read_settings("[Service\n").bad_lines == std::vector<std::string>{"[Service"});
    CHECK(read_settings("").bad_lines.empty());
}
