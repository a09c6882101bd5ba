// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/packages_made.hpp"

#include <doctest/doctest.h>

using namespace albs::build;

TEST_CASE("what rpmspec prints of packages, among other words")
{
    auto made = read_packages_made("warning: user mockbuild does not exist\n"
                                   "@provides\tlost = 1\n"
                                   "@package\tlib\t2:1.0-1\n"
                                   "@provides\tlib = 2:1.0-1\n"
                                   "@provides\tvirtual  \n"
                                   "@requires\t(none) (none) (none)\n"
                                   "@package\tlib-devel\t1.0-1\n"
                                   "@requires\tlib = 2:1.0-1\n"
                                   "@requires\t(a or b)  \n"
                                   "@requires\trpmlib(RichDependencies) <= 4.12.0-1\n"
                                   "@package\tcut");
    REQUIRE(made.size() == 2);
    CHECK(made[0].name == "lib");
    CHECK(made[0].version == "2:1.0-1");
    CHECK(made[0].provides == std::vector<std::string>{"lib = 2:1.0-1", "virtual"});
    CHECK(made[0].needs.empty());
    CHECK(made[1].needs == std::vector<std::string>{"lib = 2:1.0-1", "(a or b)"});
    CHECK(read_packages_made("").empty());
}
