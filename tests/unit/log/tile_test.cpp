// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <map>

#include "albs/ledger/writer.hpp"
#include "albs/log/tile.hpp"
#include "albs/log/view.hpp"
#include "base/bytes.hpp"
#include "unit/ledger/fixture.hpp"

using namespace albs;

TEST_CASE("tile: paths there and back")
{
    const std::vector<std::pair<TilePath, std::string>> table = {
        {{.level = 0, .number = 0}, "tile/0/000"},
        {{.level = 0, .number = 273, .width = 112}, "tile/0/273.p/112"},
        {{.level = 1, .number = 5}, "tile/1/005"},
        {{.level = 2, .number = 0, .width = 1}, "tile/2/000.p/1"},
        {{.level = 0, .number = 1234067}, "tile/0/x001/x234/067"},
        {{.level = 15, .number = 455667, .width = 255}, "tile/15/x455/667.p/255"},
        {{.entries = true, .number = 1000}, "tile/entries/x001/000"},
        {{.entries = true, .number = 123456789, .width = 41}, "tile/entries/x123/x456/789.p/41"}};
    for (const auto& row : table) {
        const std::string text(row.second);
        CHECK(row.first.text() == text);
        auto read = TilePath::parse(text);
        REQUIRE_MESSAGE(read, text);
        CHECK(*read == row.first);
    }
    for (const char* bad : {"",
                            "tile",
                            "tile/0",
                            "tile/0/1",
                            "tile/00/001",
                            "tile/64/001",
                            "tile/-1/001",
                            "tile/0/0001",
                            "tile/0/x000/001",
                            "tile/0/001.p/0",
                            "tile/0/001.p/256",
                            "tile/0/001.p/01",
                            "tile/0/001/",
                            "tile/0/x001",
                            "tile/0/001.p",
                            "/tile/0/001",
                            "tile/data/001",
                            "tile/0/x1/001",
                            "tile/0/../001",
                            "tile/0/99999999999999999999999"})
        CHECK_MESSAGE(!TilePath::parse(bad), bad);
}

TEST_CASE("tile: widths at a size")
{
    CHECK(tile_width_at(0, 0, 0) == 0);
    CHECK(tile_width_at(0, 0, 256) == 256);
    CHECK(tile_width_at(0, 1, 256) == 0);
    CHECK(tile_width_at(1, 0, 256) == 1);
    CHECK(tile_width_at(0, 273, 70000) == 112);
    CHECK(tile_width_at(1, 1, 70000) == 17);
    CHECK(tile_width_at(2, 0, 70000) == 1);
    CHECK(tile_width_at(8, 0, max_tree) == 0);
}

TEST_CASE("bundle: exactly its entries")
{
    auto bytes = write_bundle({"a", "", std::string(max_entry, 'x')});
    REQUIRE(bytes);
    auto entries = read_bundle(*bytes, 3);
    REQUIRE(entries);
    CHECK((*entries)[2].size() == max_entry);
    CHECK_FALSE(read_bundle(*bytes, 2));
    CHECK_FALSE(read_bundle(*bytes, 4));
    CHECK_FALSE(read_bundle(bytes->substr(0, bytes->size() - 1), 3));
    CHECK_FALSE(write_bundle({std::string(max_entry + 1, 'x')}));
}

TEST_CASE("tile: no tile is believed before it leads to the root")
{
    ledger_test::SmallLedger small;
    small.append(0, 600);
    Checkpoint checkpoint = *open_checkpoint(small.read("checkpoint"), small.vkey());
    std::string bad_path;
    Fetch fetch = [&](const std::string& path) -> Result<std::string> {
        auto bytes = sys::read_file(small.path + "/" + path);
        if (!bytes)
            return fail(Kind::input, "none");
        if (path == bad_path)
            (*bytes)[40] = static_cast<char>((*bytes)[40] ^ 0x80);
        return *bytes;
    };
    for (const char* path : {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000"}) {
        bad_path = path;
        auto reader = TileReader::open(fetch, checkpoint.size, checkpoint.root);
        bool refused = !reader || !reader->node({0, 0}) || !reader->node({0, 300}) || !reader->entry(0);
        CHECK_MESSAGE(refused, path);
    }
    // Also where the bundle is read before its tile.
    bad_path = "tile/entries/000";
    CHECK(TileReader::open(fetch, checkpoint.size, checkpoint.root)->entry(0).error().kind == Kind::trust);
    Fetch longer = [&](const std::string& path) -> Result<std::string> {
        auto bytes = sys::read_file(small.path + "/" + path);
        return bytes && path == "tile/0/001" ? *bytes + "x" : bytes;
    };
    CHECK(TileReader::open(longer, checkpoint.size, checkpoint.root)->node({0, 300}).error().kind == Kind::trust);
    // A full bundle makes its tile, which is then not asked for.
    bad_path = "tile/0/000";
    auto with_bundle = TileReader::open(fetch, checkpoint.size, checkpoint.root);
    REQUIRE(with_bundle);
    CHECK(with_bundle->entry(0));
    CHECK(with_bundle->node({0, 0}) == leaf_hash(*with_bundle->entry(0)));
    CHECK_FALSE(TileReader::open(fetch, checkpoint.size, checkpoint.root)->node({0, 0}));
    bad_path.clear();
    auto reader = TileReader::open(fetch, checkpoint.size, checkpoint.root);
    REQUIRE(reader);
    CHECK(reader->entry(599));
    CHECK_FALSE(reader->entry(600));
    CHECK_FALSE(TileReader::open(fetch, checkpoint.size, leaf_hash("x")));
    // A log may drop partial tiles: an older checkpoint is then read from the full one.
    Fetch full_only = [&](const std::string& path) -> Result<std::string> {
        if (path.find(".p/") != std::string::npos && path.find("/002.p/88") == std::string::npos &&
            path != "tile/1/000.p/2")
            return fail(Kind::input, "none");
        return fetch(path);
    };
    auto writer = LogWriter::at(small.path, checkpoint.size, checkpoint.root);
    REQUIRE(writer);
    CHECK(writer->root() == checkpoint.root);
    auto root_of_100 = tree_root(100, reader->nodes());
    REQUIRE(root_of_100);
    auto older = TileReader::open(full_only, 100, *root_of_100);
    REQUIRE(older);
    CHECK(older->entry(99));
    CHECK_FALSE(older->entry(100));
}

TEST_CASE("log view: an extension is told from a fork")
{
    ledger_test::SmallLedger small;
    small.append(0, 3);
    std::string older_note = small.read("checkpoint");
    Checkpoint older = *open_checkpoint(older_note, small.vkey());
    small.append(3, 4);
    Fetch fetch = [&](const std::string& path) -> Result<std::string> {
        auto bytes = sys::read_file(small.path + "/" + path);
        return bytes ? bytes : Result<std::string>(fail(Kind::input, "none"));
    };
    auto view = LogView::open(fetch, Policy::of(small.vkey()));
    REQUIRE(view);
    CHECK(view->extends(older, older_note));
    Checkpoint forked = older;
    forked.root = leaf_hash("x");
    CHECK(view->extends(forked, older_note).error().message.find("two histories") != std::string::npos);
    forked.size = 100;
    CHECK_FALSE(view->extends(forked, older_note));
}
