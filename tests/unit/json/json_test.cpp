// SPDX-License-Identifier: GPL-3.0-or-later
// The strict reader and the writers. The tables follow JSONTestSuite (Seriot, "Parsing JSON is a Minefield") and the
// examples of RFC 8785 as far as they have no fractions.
#include "albs/json/value.hpp"

#include <doctest/doctest.h>

#include "albs/json/unescaped.hpp"

using albs::Json;
using albs::Kind;
using albs::read_json;

namespace {

std::string again(std::string_view text)
{
    auto value = read_json(text);
    return value ? albs::write_json(*value) : "error: " + value.error().message;
}

std::string nested(std::size_t depth, char open, char close)
{
    return std::string(depth, open) + std::string(depth, close);
}

} // namespace

TEST_CASE("json: what is read comes out in its order and its meaning")
{
    struct {
        std::string_view text;
        std::string_view compact;
    } const table[] = {
        {"null", "null"},
        {" true\n", "true"},
        {"\t[ ]\r\n", "[]"},
        {"{ }", "{}"},
        {"0", "0"},
        {"-0", "0"},
        {"-1", "-1"},
        {"9007199254740991", "9007199254740991"},
        {"-9007199254740991", "-9007199254740991"},
        {R"("")", R"("")"},
        {R"({"b":1,"a":{"d":[1,"x",null],"c":false}})", R"({"b":1,"a":{"d":[1,"x",null],"c":false}})"},
        {R"({"":0,"a b":1})", R"({"":0,"a b":1})"},
        {R"(["\/\u0041\u00e9\ud83d\ude00"])", "[\"/A\u00e9\U0001f600\"]"},
        {R"(["\"\\\b\f\n\r\t\u0000\u001f\u007f"])", "[\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\"]"},
        {"[\"\u2028\u2029\ufeff\uffff\"]", "[\"\u2028\u2029\ufeff\uffff\"]"},
    };
    for (const auto& row : table) {
        CAPTURE(row.text);
        CHECK(again(row.text) == row.compact);
    }
}

TEST_CASE("json: what is no JSON of ours is refused, with line and column")
{
    const std::string_view table[] = {
        "", " ", "\n", "nul", "tru", "True", "undefined", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.0",
        "1e3", "1E400", "0x10", "1_000", "9007199254740992", "-9007199254740992", "18446744073709551616",
        "123456789012345678901234567890", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "}", "{]",
        R"({"a"})", R"({"a":})", R"({"a":1,})", R"({"a" 1})", R"({a:1})", R"({'a':1})", R"({1:1})", R"({"a":1 "b":2})",
        R"({"a":1}})", R"({"a":1},)", "1 2", "[][]", "{}x", "// c\n1", "/* */1", "1 #", R"(")", R"("a)", R"('a')",
        R"("\x41")", R"("\u12")", R"("\u12G4")", R"("\U0041")", R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")",
        R"("\ud800\ud800")", R"(")" "\n" R"(")", "\"\t\"", "\"\x01\"", "\"\x80\"", "\"\xc0\xaf\"", "\"\xc1\xbf\"",
        "\"\xc3\"", "\"\xc3(\"", "\"\xe2\x82\"", "\"\xe0\x80\xaf\"", "\"\xed\xa0\x80\"", "\"\xf0\x80\x80\xaf\"",
        "\"\xf4\x90\x80\x80\"", "\"\xf8\x88\x80\x80\x80\"", "\"\xff\"", "\"\xfe\xff\"", "\xef\xbb\xbf{}",
        "\xef\xbb\xbf", "\xff\xfe{\x00", R"({"a":1,"a":1})", R"({"a":1,"\u0061":2})", R"({"x":{"a":1,"b":2,"a":3}})",
        "\x0c[]", "[\x0b]", "[\xc2\xa0]", "[\"a\",\n4\n,1,", "[1]\x01",
    };
    for (std::string_view text : table) {
        CAPTURE(text);
        auto value = read_json(text);
        REQUIRE(!value);
        CHECK(value.error().kind == Kind::input);
        bool blank = text.find_first_not_of(" \n") == std::string_view::npos;
        CHECK(value.error().message.substr(0, blank ? 5 : 5) == (blank ? "empty" : "line "));
    }
}

TEST_CASE("json: a NUL never ends the text early")
{
    using namespace std::string_view_literals;
    for (std::string_view text : {"{}\0"sv, "{}\0{}"sv, "\0{}"sv, "{\0}"sv, "[\"a\0b\"]"sv, "1\0"sv, "\0"sv}) {
        auto value = read_json(text);
        REQUIRE(!value);
        CHECK(value.error().message.find("NUL byte") != std::string::npos);
    }
}

TEST_CASE("json: a message says where, what was expected and what is there")
{
    struct {
        std::string_view text;
        std::string_view message;
    } const table[] = {
        {"hello", "line 1, column 1: expected a value, found 'h'"},
        {"[1", "line 1, column 2: expected ',' or ']', found the end of the text"},
        {"[1\n", "line 2, column 1: expected ',' or ']', found the end of the text"},
        {"[1,\n2,\n\n x]", "line 4, column 2: expected a value, found 'x'"},
        {"[1,]", "line 1, column 4: expected a value, found ']'"},
        {R"({"a":1 "b":2})", "line 1, column 8: expected ',' or '}', found '\"'"},
        {R"({"a":1,})", "line 1, column 8: expected the name of a member, found '}'"},
        {R"({"a" 1})", "line 1, column 6: expected ':', found '1'"},
        {"{} x", "line 1, column 4: expected the end of the text, found 'x'"},
        {"\xef\xbb\xbf{}", "line 1, column 1: expected a value, found a byte order mark"},
        {"[\xff]", "line 1, column 2: expected a value, found byte 0xff"},
        {"[-]", "line 1, column 3: expected a digit, found ']'"},
        {"[ 01]", "line 1, column 3: a number with a leading zero"},
        {"[1.5e3]", "line 1, column 2: number '1.5e3' is not an integer within 2^53-1"},
        {"\"ab\tc\"", "line 1, column 4: expected the rest of a string, found byte 0x09"},
        {"\"ab", "line 1, column 3: expected the rest of a string, found the end of the text"},
        {"\"a\xc3(\"", "line 1, column 3: invalid UTF-8: byte 0xc3"},
        {R"("a\x41")", "line 1, column 4: expected one of \"\\/bfnrtu, found 'x'"},
        {R"("\u12G4")", "line 1, column 6: expected four hexadecimal digits, found 'G'"},
        {R"("a\udc00")", "line 1, column 3: half of a surrogate pair"},
        {"{\n  \"a\": 1,\n  \"a\": 2\n}", "line 3, column 3: duplicate member 'a'"},
    };
    for (const auto& row : table) {
        CAPTURE(row.text);
        CHECK(again(row.text) == "error: " + std::string(row.message));
    }
}

TEST_CASE("json: only a line feed ends a line, and a carriage return is a byte of it")
{
    CHECK(again("[1,\r\n2,\r\n x]").starts_with("error: line 3, column 2:"));
    CHECK(again("[1,\r2,\r x]").starts_with("error: line 1, column 9:"));
    CHECK(again("[1,\n\r\n\rx]").starts_with("error: line 3, column 2:"));
    // Characters of two bytes count twice.
    CHECK(again("[\"\u00e9\u00e9\" x]").starts_with("error: line 1, column 9:"));
}

TEST_CASE("json: integers end at 2^53-1, on both sides of zero and however long they are")
{
    for (std::string_view sign : {"", "-"})
        for (std::string_view good : {"0", "9", "999999999999999", "1000000000000000", "9007199254740991"}) {
            std::string text = std::string(sign).append(good);
            CAPTURE(text);
            CHECK(again(text) == (text == "-0" ? "0" : text));
        }
    for (std::string bad : {std::string("9007199254740992"), std::string("9223372036854775807"),
                            std::string("9223372036854775808"), std::string("18446744073709551617"),
                            std::string("36893488147419103233"), std::string(100000, '9')}) {
        CHECK(again(bad) == "error: line 1, column 1: number '" + bad.substr(0, 80) +
                                "' is not an integer within 2^53-1");
        CHECK(again("-" + bad).find("is not an integer within 2^53-1") != std::string::npos);
    }
}

TEST_CASE("json: a name is the same name however it is spelled")
{
    for (std::string_view text : {R"({"a":1,"\u0061":2})", R"({"\u00e9":1,"é":2})", R"({"\ud83d\ude00":1,"😀":2})",
                                  R"({"/":1,"\/":2})", R"({"":1,"":2})"}) {
        CAPTURE(text);
        CHECK(again(text).find("duplicate member") != std::string::npos);
    }
    CHECK(again(R"({"a":1,"A":2,"a\u0000":3})") == R"({"a":1,"A":2,"a\u0000":3})");
    // Few members are compared, many are sorted; neither misses the first, the last, or two that meet in the middle.
    for (int members : {2, 16, 17, 18, 40})
        for (auto [first, second] :
             {std::pair(0, members - 1), {0, 1}, {members / 2 - 1, members / 2}, {members - 2, members - 1}}) {
            std::string text = "{";
            for (int i = 0; i < members; ++i)
                text += "\n\"k" + std::to_string(i == second ? first : i) + "\":{\"x\":1},";
            text.back() = '}';
            CAPTURE(text);
            CHECK(again(text) == "error: line " + std::to_string(second + 2) + ", column 1: duplicate member 'k" +
                                     std::to_string(first) + "'");
        }
}

TEST_CASE("json: a token may be as long as the text, a message is short")
{
    std::string long_text(3'000'000, 'a');
    auto value = read_json("[\"" + long_text + "\",\"\\n" + long_text + "\",{\"" + long_text + "\":1}]");
    REQUIRE(value);
    CHECK(*value->elements()->at(0).string() == long_text);
    CHECK(*value->elements()->at(1).string() == "\n" + long_text);
    CHECK(value->elements()->at(2).find(long_text) != nullptr);
    CHECK(again("[\"" + long_text).size() < 200);
    CHECK(again("{\"" + long_text + "\":1,\"" + long_text + "\":1}").size() < 200);
}

TEST_CASE("json: 64 levels are read, 65 are not, and 200000 do not overflow the stack")
{
    CHECK(read_json(nested(64, '[', ']')));
    CHECK(again(nested(65, '[', ']')) == "error: line 1, column 65: nested deeper than 64");
    CHECK(!read_json(nested(200000, '[', ']')));
    CHECK(!read_json(std::string(200000, '[')));
    std::string objects;
    for (int i = 0; i < 200000; ++i)
        objects += "{\"a\":";
    CHECK(again(objects) == "error: line 1, column 321: nested deeper than 64");
    CHECK(!read_json(nested(64, '[', ']') + "]"));
    // Levels side by side are none above each other.
    std::string wide = "[" + nested(63, '[', ']');
    for (int i = 0; i < 100; ++i)
        wide += "," + nested(63, '[', ']');
    CHECK(read_json(wide + "]"));
}

TEST_CASE("json: many members are read in time that grows with their number")
{
    std::string text = "{";
    for (int i = 0; i < 20000; ++i)
        text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":" + std::to_string(i);
    auto value = read_json(text + "}");
    REQUIRE(value);
    CHECK(value->members()->size() == 20000);
}

TEST_CASE("json: values are taken from the front of a text, one by one")
{
    std::string_view text = R"( {"a":1}[2] "x" 3 tail)";
    for (std::string_view wanted : {R"({"a":1})", "[2]", R"("x")", "3"}) {
        auto value = albs::take_json(text);
        REQUIRE(value);
        CHECK(albs::write_json(*value) == wanted);
    }
    CHECK(text == " tail");
    CHECK(albs::take_json(text).error().message == "line 1, column 2: expected a value, found 't'");
    CHECK(text == " tail");
    text = " \n";
    CHECK(albs::take_json(text).error().message == "empty");
}

TEST_CASE("json: bytes of another encoding are written as U+FFFD, so that the next reader takes them")
{
    Json value = Json::object({{"caf\xe9", "na\xefve \xed\xa0\x80 ok \xf0\x9f\x98"}});
    std::string text = albs::write_json(value);
    CHECK(text == "{\"caf\ufffd\":\"na\ufffdve \ufffd\ufffd\ufffd ok \ufffd\ufffd\ufffd\"}");
    CHECK(again(text) == text);
    CHECK(albs::canonical_json(value) == text);
}

TEST_CASE("json: pretty is the same value")
{
    Json value = *read_json(R"({"a":[1,{"b":[]}],"c":{}})");
    std::string pretty = albs::write_pretty_json(value);
    CHECK(pretty == "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}");
    CHECK(*read_json(pretty) == value);
}

TEST_CASE("json: foreign documents may have fractions, which stay as they are spelled")
{
    auto value = albs::read_foreign_json(
        R"({"version":1.10,"n":1e40,"i":7,"big":123456789012345678901,"odd":9007199254740993})");
    REQUIRE(value);
    CHECK(*value->find("version")->string() == "1.10");
    CHECK(*value->find("i")->integer() == 7);
    CHECK(*value->find("odd")->string() == "9007199254740993");
    CHECK(!albs::read_foreign_json(R"({"a":1,"a":2})"));
}

TEST_CASE("json: values are built and changed in place")
{
    Json value;
    value.set("a", 1).set("x", "chained");
    CHECK(again(albs::write_json(value)) == R"({"a":{"x":"chained"}})");
    value.set("b", Json::array({1, "two", nullptr}));
    value.set("a", true);
    CHECK(albs::write_json(value) == R"({"a":true,"b":[1,"two",null]})");
    Json list;
    list.push(1);
    CHECK(albs::write_json(list) == "[1]");
    CHECK(value.find("c") == nullptr);
    CHECK(list.find("a") == nullptr);
    CHECK(Json(std::int64_t{1}) != Json(true));
    CHECK(Json("1") != Json(1));
}

TEST_CASE("json: a run of plain text ends where it must, wherever in a word that is")
{
    for (int byte = 0; byte < 256; ++byte) {
        bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(24, at % 2 == 0 ? '~' : ' ');
            text[at] = static_cast<char>(byte);
            CHECK(albs::unescaped_length(text) == (plain ? text.size() : at));
        }
    }
}
