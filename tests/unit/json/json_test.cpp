// SPDX-License-Identifier: GPL-3.0-or-later
// The strict reader and the writers. The tables follow JSONTestSuite (Seriot, "Parsing JSON is a Minefield") and the
// examples of RFC 8785 as far as they have no fractions.
#include "albs/json/value.hpp"

#include <doctest/doctest.h>
#include <optional>
#include <random>

#include "albs/json/plain_run.hpp"
#include "albs/json/read_fast.hpp"

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

TEST_CASE("json: positions count lines and bytes from one")
{
    CHECK(again("{\n  \"a\": 1,\n  \"a\": 2\n}").substr(0, 30).find("line 3, column") != std::string::npos);
    CHECK(again("[1,\n2,\n\n x]").find("line 4, column 2") != std::string::npos);
    CHECK(again("[1").find("line 1, column 2") != std::string::npos);
    // A message never quotes the whole of a large document.
    CHECK(again("[\"" + std::string(100000, 'a')).size() < 400);
    CHECK(again("{\"" + std::string(100000, 'a') + "\":1,\"" + std::string(100000, 'a') + "\":1}").size() < 400);
}

TEST_CASE("json: 64 levels are read, 65 are not, and 200000 do not overflow the stack")
{
    CHECK(read_json(nested(64, '[', ']')));
    CHECK(!read_json(nested(65, '[', ']')));
    CHECK(!read_json(nested(200000, '[', ']')));
    CHECK(!read_json(std::string(200000, '[')));
    std::string objects;
    for (int i = 0; i < 200000; ++i)
        objects += "{\"a\":";
    CHECK(!read_json(objects));
    CHECK(!read_json(nested(64, '[', ']') + "]"));
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

TEST_CASE("json: canonical form sorts by UTF-16 code units and escapes least (RFC 8785)")
{
    auto canonical = [](std::string_view text) { return albs::canonical_json(*read_json(text)); };
    // §3.2.3: the sample of the RFC.
    CHECK(canonical(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
                    R"("1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",)"
                    R"("\u00f6":"Latin Small Letter O With Diaeresis"})") ==
          "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
          "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
          "\"\U0001f600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    CHECK(canonical(
              R"({ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] })") ==
          "{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    CHECK(canonical(R"({"b":{"z":1,"a":[{"y":1,"x":2}]},"a":0})") == R"({"a":0,"b":{"a":[{"x":2,"y":1}],"z":1}})");
    CHECK(canonical(R"({"aa":1,"a":2,"":3,"A":4})") == R"({"":3,"A":4,"a":2,"aa":1})");
    // Elements keep their order.
    CHECK(canonical("[3,1,2]") == "[3,1,2]");
}

TEST_CASE("json: an element can be left out of the canonical form")
{
    Json value = *read_json(R"({"b":[1,2,3],"a":[]})");
    const Json& list = *value.find("b");
    CHECK(albs::canonical_json(value, &list.elements()->back()) == R"({"a":[],"b":[1,2]})");
    CHECK(albs::canonical_json(value, &list.elements()->front()) == R"({"a":[],"b":[2,3]})");
    Json one = *read_json("[1]");
    CHECK(albs::canonical_json(one, &one.elements()->front()) == "[]");
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
    auto value = albs::read_foreign_json(R"({"version":1.10,"n":1e40,"i":7,"big":123456789012345678901})");
    REQUIRE(value);
    CHECK(*value->find("version")->string() == "1.10");
    CHECK(*value->find("i")->integer() == 7);
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

TEST_CASE("json: the fast reader reads nothing that the library would read otherwise")
{
    const std::string_view seeds[] = {
        R"({"schema":"albs.manifest/1","a":[{"n":-12,"z":0,"t":true,"f":false,"u":null}],"s":"base64+/=="})",
        "[\"\u00e9\U0001f600 \\\"\\\\\\/\\b\\f\\n\\r\\t\",999999999999999, { } ,[ ]]",
        R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"n":14})",
    };
    for (std::string_view seed : seeds)
        CHECK(albs::read_plain_json(seed));
    constexpr std::string_view bytes("\"\\{}[]:,019-+.eEtfnu \n\t\x01\0\x7f\x80\xc3\xa9\xed\xa0\xf4\x90", 34);
    std::mt19937 random(20261123);
    auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
    int read = 0;
    for (int round = 0; round < 30000; ++round) {
        std::string text(seeds[below(std::size(seeds))]);
        for (std::size_t left = 1 + below(3); left > 0; --left)
            switch (below(3)) {
            case 0: text[below(text.size())] = bytes[below(bytes.size())]; break;
            case 1: text.insert(below(text.size()), 1, bytes[below(bytes.size())]); break;
            default: text.erase(below(text.size()), 1 + below(3));
            }
        std::optional<Json> plain = albs::read_plain_json(text);
        if (!plain)
            continue;
        ++read;
        auto other = albs::read_foreign_json(text);
        CAPTURE(text);
        REQUIRE(other);
        REQUIRE(*other == *plain);
    }
    CHECK(read > 3000);
}

TEST_CASE("json: a run of plain text ends where it must, wherever in a word that is")
{
    for (int byte = 0; byte < 256; ++byte) {
        bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(24, at % 2 == 0 ? '~' : ' ');
            text[at] = static_cast<char>(byte);
            CHECK(albs::plain_run(text) == (plain ? text.size() : at));
        }
    }
}
