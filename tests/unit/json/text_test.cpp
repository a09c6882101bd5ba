// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of JSON values: short ones, long ones, and who shares them.
#include "albs/json/text.hpp"

#include <doctest/doctest.h>
#include <thread>
#include <vector>

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"

using albs::Json;
using albs::JsonText;

// Memory of a read manifest is counted in these (bench/README.md, memory).
static_assert(sizeof(JsonText) == 16 && sizeof(Json) == 16 && sizeof(Json::Member) == 32);
static_assert(std::is_nothrow_move_constructible_v<Json>, "vectors of values move them");

TEST_CASE("json text: every length around the end of a short one is kept as it is")
{
    for (std::size_t size : {0, 1, 7, 8, 14, 15, 16, 17, 31, 32, 63, 64, 255, 256, 100000}) {
        CAPTURE(size);
        std::string text(size, '\0');
        for (std::size_t i = 0; i < size; ++i)
            text[i] = static_cast<char>(i * 37 + size);
        JsonText one(text);
        CHECK(one.view() == text);
        CHECK(one.size() == size);
        CHECK(one.empty() == (size == 0));
        JsonText copy = one;
        JsonText moved = std::move(one);
        CHECK(one.empty());
        CHECK(copy == text);
        CHECK(moved == copy);
        CHECK((copy.view().data() == moved.view().data()) == (size > JsonText::max_short));
        copy = JsonText("other");
        CHECK(moved == text);
        moved = *&moved;
        CHECK(moved == text);
        CHECK(Json(moved) == Json(text));
        CHECK(Json(moved) != Json(text + "x"));
        CHECK(Json::object({{text, 1}}).find(text) != nullptr);
    }
}

TEST_CASE("json text: what a value had stays when the value is gone")
{
    std::string long_text(1000, 'x');
    JsonText kept;
    {
        Json value = Json::object({{"short", "abc"}, {"long", long_text}});
        Json copy = value;
        value.set("long", "changed");
        CHECK(*copy.find("long")->string() == long_text);
        albs::Fields in(copy);
        kept = in.string("long");
        CHECK(kept.view().data() == copy.find("long")->string()->view().data());
    }
    CHECK(kept == long_text);
}

TEST_CASE("json text: threads copy and drop one text")
{
    std::string text(64, 'a');
    JsonText shared(text);
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&wrong, &text, mine = shared] {
            for (int round = 0; round < 10000; ++round)
                if (JsonText copy = mine; copy != text)
                    ++wrong;
        });
    shared = JsonText();
    for (std::thread& thread : threads)
        thread.join();
    CHECK(wrong == 0);
}

TEST_CASE("json text: as a part of a message")
{
    JsonText name("name");
    CHECK("'" + name + "'" == "'name'");
    CHECK(std::string("a ") + name + std::string(" b") == "a name b");
    std::string assigned;
    assigned = name;
    CHECK(assigned == name);
    CHECK(name == "name");
    CHECK(name != "nam");
}

TEST_CASE("json: a value that was moved from is null, and can be set again")
{
    for (Json value : {Json(1), Json(true), Json("short"), Json(std::string(100, 'l')), Json::array({1, 2}),
                       Json::object({{"a", Json::array({1})}})}) {
        Json copy = value;
        Json moved = std::move(value);
        CHECK(value.is_null());
        CHECK(moved == copy);
        value = copy;
        CHECK(value == copy);
        value = std::move(moved);
        CHECK(value == copy);
        CHECK((copy == Json()) == false);
    }
    // A part of a value takes the place of the whole.
    Json whole = Json::object({{"a", Json::array({1, std::string(50, 'x')})}});
    whole = Json(*whole.find("a"));
    CHECK(whole.elements()->size() == 2);
    whole = std::move(whole.elements()->at(1));
    CHECK(whole == Json(std::string(50, 'x')));
}
