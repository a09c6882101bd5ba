// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens by themselves; what whole texts give is in json_test.cpp.
#include "albs/json/scan.hpp"

#include <doctest/doctest.h>

using albs::Json;
using albs::JsonScanner;

TEST_CASE("json scan: a token ends where the next begins")
{
    std::string_view text = R"("a\u00e9b" -12]true)";
    JsonScanner scan(text, JsonScanner::Fractions::refuse);
    decltype(Json::Member::key) name;
    Json value;
    CHECK(scan.string(name));
    CHECK(name == "a\u00e9b");
    scan.skip_space();
    CHECK(scan.number(value));
    CHECK(value == Json(-12));
    CHECK(scan.next() == ']');
    CHECK_FALSE(scan.take(','));
    CHECK(scan.take(']'));
    CHECK(scan.word("true", Json(true), value));
    CHECK(value == Json(true));
    CHECK(scan.at_end());
    CHECK(scan.next() == '\0');
}

TEST_CASE("json scan: an error is where it was refused, and says what is there")
{
    std::string_view text = "1\n 2x";
    JsonScanner scan(text, JsonScanner::Fractions::refuse);
    CHECK_FALSE(scan.refuse(text.data() + 3, "two"));
    CHECK(scan.error().message == "line 2, column 2: two");
    CHECK(scan.at() == text.data() + 3);
    CHECK_FALSE(scan.expected("three"));
    CHECK(scan.error().message == "line 2, column 2: expected three, found '2'");
    CHECK(scan.error().kind == albs::Kind::input);
}

TEST_CASE("json scan: every character of \\u is written in UTF-8")
{
    for (auto [text_in_json, utf8] : {std::pair(R"("\u007f")", "\x7f"), {R"("\u0080")", "\u0080"}, {R"("\u07ff")", "\u07ff"},
                                 {R"("\u0800")", "\u0800"}, {R"("\ud7ff")", "\ud7ff"}, {R"("\ue000")", "\ue000"},
                                 {R"("\uFFFF")", "\uffff"}, {R"("\ud800\udc00")", "\U00010000"},
                                 {R"("\uDBFF\uDFFF")", "\U0010ffff"}}) {
        const std::string escaped = text_in_json;
        JsonScanner scan(escaped, JsonScanner::Fractions::refuse);
        decltype(Json::Member::key) text;
        CAPTURE(escaped);
        CHECK(scan.string(text));
        CHECK(text == utf8);
    }
}
