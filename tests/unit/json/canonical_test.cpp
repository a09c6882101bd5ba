// SPDX-License-Identifier: GPL-3.0-or-later
// The canonical form (RFC 8785), and its digest.
#include <doctest/doctest.h>

#include "albs/json/value.hpp"

using albs::Json;
using albs::read_json;

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

TEST_CASE("json: the digest of the canonical form is that of its text, however long that is")
{
    Json value = Json::object({{"z", Json::array()}, {"a", std::string(200000, 'a')}});
    CHECK(albs::canonical_digest(value) == albs::sha256(albs::canonical_json(value)));
    for (int i = 0; i < 3000; ++i)
        value.find("z")->push(Json::object({{"text", std::string(50, 'x')}, {"n", i}}));
    Json* last = &value.find("z")->elements()->back();
    CHECK(albs::canonical_digest(value) == albs::sha256(albs::canonical_json(value)));
    CHECK(albs::canonical_digest(value, last) == albs::sha256(albs::canonical_json(value, last)));
    CHECK(albs::canonical_digest(Json()) == albs::sha256("null"));
}
