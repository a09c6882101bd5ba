// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace albs;
using Texts = std::vector<std::string>;

TEST_CASE("letters are those of ASCII")
{
    CHECK(lower_case("AbZ\xc3\x84-1") == "abz\xc3\x84-1");
    CHECK(upper_case("AbZ\xc3\xa4-1") == "ABZ\xc3\xa4-1");
}

TEST_CASE("words and lines")
{
    CHECK(split_words(" a\tb\r\n c ") == Texts{"a", "b", "c"});
    CHECK(split_words(" \n").empty());
    CHECK(split_lines("a\n\nb") == Texts{"a", "", "b"});
    CHECK(split_lines("a\n") == Texts{"a"});
    CHECK(split_lines("").empty());
    std::string_view text = "a\nb";
    CHECK(*take_line(text) == "a");
    CHECK_FALSE(take_line(text));
    CHECK(text == "b");
}

TEST_CASE("white space at both ends is taken off")
{
    CHECK(trimmed(" \t a b\r\n") == "a b");
    CHECK(trimmed("a") == "a");
    CHECK(trimmed(" \n").empty());
    CHECK(trimmed("").empty());
    CHECK(trimmed("\fa\f") == "\fa\f");
    CHECK(trimmed("\fa \f", "\f") == "a ");
}

TEST_CASE("joined texts")
{
    CHECK(join(Texts{"a", "", "b"}, ", ") == "a, , b");
    CHECK(join(Texts{}, ", ").empty());
    CHECK(join_quoted(Texts{"a", "b"}) == "'a', 'b'");
    CHECK(join_quoted(Texts{}).empty());
}
