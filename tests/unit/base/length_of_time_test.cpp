// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "base/length_of_time.hpp"

using albs::told_length;

TEST_CASE("length of time: the two largest units")
{
    CHECK(told_length(-5) == "0 s");
    CHECK(told_length(99) == "0 s");
    CHECK(told_length(400) == "0.4 s");
    CHECK(told_length(9999) == "9.9 s");
    CHECK(told_length(3000) == "3 s");
    CHECK(told_length(42'900) == "42 s");
    CHECK(told_length(185'000) == "3 min 5 s");
    CHECK(told_length(7'800'000) == "2 h 10 min");
    CHECK(told_length(356'400'000) == "4 d 3 h");
}
