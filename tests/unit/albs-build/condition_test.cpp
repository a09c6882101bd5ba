// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/condition.hpp"

#include <doctest/doctest.h>

using albs::build::condition_of;

TEST_CASE("conditions of needs")
{
    CHECK(condition_of("(a if b)") == "b");
    CHECK(condition_of("(a >= 1 if b < 2)") == "b < 2");
    CHECK(condition_of("((a or c) if (b and d))") == "(b and d)");
    CHECK_FALSE(condition_of("(a if b else c)"));
    CHECK_FALSE(condition_of("(a or (c if b))"));
    CHECK_FALSE(condition_of("(a unless b)"));
    CHECK_FALSE(condition_of("a if b"));
    CHECK_FALSE(condition_of("pkgconfig(if)"));
    CHECK_FALSE(condition_of("("));
    CHECK_FALSE(condition_of(""));
}
