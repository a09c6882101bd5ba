// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/format.hpp"

#include <doctest/doctest.h>
#include <string_view>

using namespace albs;

TEST_CASE("values stand where the braces are")
{
    CHECK(format_text("'{}' has {} of {}", std::string("a"), 2, std::string_view("b")) == "'a' has 2 of b");
    CHECK(format_text("{{{}}}", "x") == "{x}");
    CHECK(format_text("{}", std::string("\0b", 2)) == std::string("\0b", 2));
}
