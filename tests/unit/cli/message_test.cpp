// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of work that is counted.
#include <doctest/doctest.h>

#include "cli/message.hpp"

using albs::cli::told_count;

TEST_CASE("messages: no rate below one a second, and the time left all the same")
{
    CHECK(told_count(2, 17, "tasks", 40'000) == "2/17 tasks, 5 min 7 s left");
    CHECK(told_count(30, 90, "packages", 10'000) == "30/90 packages, 3/s, 22 s left");
    CHECK(told_count(0, 90, "packages", 10'000) == "0/90 packages");
    CHECK(told_count(90, 90, "packages", 10'000) == "90/90 packages, 9/s");
    CHECK(told_count(5, 0, "", 10'000) == "5");
}
