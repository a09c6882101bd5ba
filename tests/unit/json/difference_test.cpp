// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/difference.hpp"

#include <doctest/doctest.h>

#include "base/digest.hpp"

using namespace albs;

namespace {

std::string said(std::string_view first, std::string_view second)
{
    Difference found = first_difference("m", *read_json(first), *read_json(second));
    return found.path + ": " + found.first + " and " + found.second;
}

} // namespace

TEST_CASE("difference: the path leads to the member, however deep it is")
{
    CHECK(said("1", "2") == "m: 1 and 2");
    CHECK(said("null", R"({"a":1})") == R"(m: null and {"a":1})");
    CHECK(said(R"({"a":1,"b":{"c":[1,{"d":"x"}]}})", R"({"b":{"c":[1,{"d":"y"}]},"a":1})") ==
          R"(m.b.c[1].d: "x" and "y")");
    CHECK(said("[1,2]", "[1]") == "m[1]: 2 and nothing");
    CHECK(said("[]", "[3]") == "m[0]: nothing and 3");
    CHECK(said(R"({"a":1})", R"({"a":1,"b":2})") == "m.b: nothing and 2");
    CHECK(said(R"({"a":1})", "[1]") == R"(m: {"a":1} and [1])");
}

TEST_CASE("difference: a long value is shortened, with what it takes to compare it")
{
    std::string text(300, 'x');
    std::string json = '"' + text + '"';
    std::string wanted = '"' + std::string(199, 'x') + "... (302 bytes with the SHA-256 " + sha256(json).hex() + ")";
    CHECK(short_json(Json(text)) == wanted);
    CHECK(short_json(Json(std::string(198, 'x'))).size() == 200);
    // Never in the middle of a character.
    std::string umlauts;
    for (int i = 0; i < 200; ++i)
        umlauts += "\xc3\xbc";
    CHECK(short_json(Json(umlauts)).starts_with('"' + umlauts.substr(0, 198) + "..."));
}
