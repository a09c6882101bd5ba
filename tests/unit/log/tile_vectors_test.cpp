// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors of tests/vectors/ledger/tiles.py: paths of tiles and bundles, and which of them a log of some size has.
#include <doctest/doctest.h>

#include "albs/json/value.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/tile.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace {

const Json::Array& vectors(std::string_view kind)
{
    static const Json all = *read_json(*sys::read_file(source_file("tests/vectors/ledger/tiles.json")));
    return *all.find(kind)->elements();
}

std::string_view text_of(const Json& vector, std::string_view name)
{
    return *vector.find(name)->string();
}

std::uint64_t number_of(const Json& vector, std::string_view name)
{
    return *parse_decimal(text_of(vector, name));
}

// The last tile of a level as the library sees it; empty when the level has none.
std::string last_tile(unsigned level, std::uint64_t size)
{
    std::uint64_t number = level < 8 ? (size >> 8 * level) / tile_width : 0;
    CHECK(tile_width_at(level, number + 1, size) == 0);
    std::uint64_t width = tile_width_at(level, number, size);
    if (width == 0 && number > 0)
        width = tile_width_at(level, --number, size);
    return width == 0 ? "" : TilePath{.entries = false, .level = level, .number = number, .width = width}.text();
}

} // namespace

TEST_CASE("tile vectors: paths")
{
    CHECK(vectors("paths").size() > 400);
    for (const Json& vector : vectors("paths")) {
        std::string_view text = text_of(vector, "text");
        Result<TilePath> path = TilePath::parse(text);
        INFO("'" << text << "'");
        CHECK(path.has_value() == *vector.find("good")->boolean());
        if (!path)
            continue;
        CHECK(path->text() == text);
        CHECK((path->entries ? "entries" : std::to_string(path->level)) == text_of(vector, "kind"));
        CHECK(path->number == number_of(vector, "number"));
        CHECK(path->width == static_cast<std::uint64_t>(*vector.find("width")->integer()));
    }
}

TEST_CASE("tile vectors: the last tile of each level, and the last bundle")
{
    for (const Json& vector : vectors("sizes")) {
        std::uint64_t size = number_of(vector, "size");
        INFO("size " << size);
        const Json::Array& tiles = *vector.find("tiles")->elements();
        for (unsigned level = 0; level < 9; ++level)
            CHECK(last_tile(level, size) == (level < tiles.size() ? *tiles[level].string() : ""));
        std::uint64_t bundle = (size - 1) / tile_width;
        CHECK(TilePath{.entries = true, .level = 0, .number = bundle, .width = tile_width_at(0, bundle, size)}.text() ==
              text_of(vector, "bundle"));
    }
}

TEST_CASE("tile vectors: the bundle of an entry")
{
    for (const Json& vector : vectors("places")) {
        std::uint64_t number = number_of(vector, "index") / tile_width;
        std::uint64_t width = tile_width_at(0, number, number_of(vector, "size"));
        CHECK(TilePath{.entries = true, .level = 0, .number = number, .width = width}.text() ==
              text_of(vector, "path"));
    }
}
