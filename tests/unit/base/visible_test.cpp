// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/visible.hpp"

#include <doctest/doctest.h>
#include <string>

using albs::escape_hidden;
using albs::is_visible;

TEST_CASE("visible text stays as it is")
{
    for (const char* text :
         {"", "hello-1.0-1.x86_64.rpm", "a b", "K\u00e4se-\u65e5\u672c.json", "\U0001f600", "a\\n"}) {
        CHECK(is_visible(text));
        CHECK(escape_hidden(text) == text);
    }
}

TEST_CASE("what nobody sees is escaped as git does")
{
    struct Case {
        std::string text, escaped;
    };
    for (const Case& one : {Case{"t\nverified evil", "t\\nverified evil"},
                            {"\a\b\t\n\v\f\r", "\\a\\b\\t\\n\\v\\f\\r"},
                            {std::string("\0\x1b[2J", 5), "\\000\\033[2J"},
                            {"\x7f", "\\177"},
                            {"\u009b1m", "\\302\\2331m"},
                            {"a\u202eb", "a\\342\\200\\256b"},
                            {"\u2066", "\\342\\201\\246"},
                            {"\u200f\u061c", "\\342\\200\\217\\330\\234"},
                            {"\u2028", "\\342\\200\\250"},
                            {"\ufeff", "\\357\\273\\277"},
                            {"\U000e0041", "\\363\\240\\201\\201"},
                            {"caf\xe9", "caf\\351"},
                            {"\xe2\x80", "\\342\\200"}}) {
        CHECK_FALSE(is_visible(one.text));
        CHECK(escape_hidden(one.text) == one.escaped);
        CHECK(is_visible(escape_hidden(one.text)));
    }
}
