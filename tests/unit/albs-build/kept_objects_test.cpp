// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/kept_objects.hpp"

#include <doctest/doctest.h>

using namespace albs;

TEST_CASE("digests are runs of exactly 64 hexadecimal digits")
{
    const std::string a(64, 'a');
    const std::string one(64, '1');
    std::set<std::string> digests;
    build::add_digests("", digests);
    build::add_digests("{\"x\":\"" + a + "\",\"y\":\"sha256:" + one + "\"}", digests);
    build::add_digests(std::string(63, 'b') + " " + std::string(65, 'c') + " " + std::string(64, 'D'), digests);
    CHECK(digests == std::set<std::string>{a, one});
    build::add_digests(std::string(64, 'd'), digests);
    CHECK(digests.size() == 3);
}
