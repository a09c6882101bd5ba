// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes of a tree in a manifest: as few as make all of them, and none with two hashes.
// Also of: manifest/ledger_record
#include "albs/manifest/tree_nodes.hpp"

#include <doctest/doctest.h>

#include "base/bytes.hpp"
#include "unit/manifest/small_tree.hpp"

using namespace albs;
using manifest_test::SmallTree;

TEST_CASE("tree nodes: what follows from others is not listed, and is there again")
{
    for (std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 13U, 64U}) {
        CAPTURE(size);
        const SmallTree tree(size);
        TreeNodes nodes;
        const NodeSource source = tree.source();
        for (std::uint64_t i = 0; i < size; ++i)
            REQUIRE(make_inclusion_proof(i, size, nodes.filled_from(source)));
        LedgerRecord record{.id = "log", .profile = "raw", .statement_keys = {}, .nodes = nodes.runs()};
        // Of a whole tree these are its leaves, for all but the tree of one; they are neighbours, in one run.
        CHECK(record.nodes.size() == (size > 1 ? 1 : 0));
        if (size > 1)
            CHECK(record.nodes.front().hashes.size() == size);
        TreeNodes again = *TreeNodes::of(record);
        for (std::uint64_t i = 0; i < size; ++i)
            CHECK(*make_inclusion_proof(i, size, again.source()) == *make_inclusion_proof(i, size, source));
        CHECK(write_json(
                  to_json(LedgerRecord{.id = "log", .profile = "raw", .statement_keys = {}, .nodes = again.runs()})) ==
              write_json(to_json(record)));
    }
}

TEST_CASE("tree nodes: one entry of many needs the nodes of its path, and the others cannot be proved with these")
{
    const SmallTree tree(1000);
    TreeNodes nodes;
    const NodeSource source = tree.source();
    REQUIRE(make_inclusion_proof(700, 1000, nodes.filled_from(source)));
    std::size_t listed = 0;
    for (const NodeRun& run : nodes.runs())
        listed += run.hashes.size();
    CHECK(listed <= 14);
    CHECK(make_inclusion_proof(700, 1000, nodes.source()));
    auto other = make_inclusion_proof(3, 1000, nodes.source());
    REQUIRE(!other);
    CHECK(other.error().kind == Kind::input);
    CHECK(other.error().message == "the manifest lacks node 0/2 of the tree");
}

TEST_CASE("tree nodes: two hashes for one node, or a parent that is not its children's, are a contradiction")
{
    const SmallTree tree(4);
    auto of = [](std::vector<NodeRun> runs) {
        return TreeNodes::of({.id = "log", .profile = "raw", .statement_keys = {}, .nodes = std::move(runs)});
    };
    auto text = [&](NodeId id) { return JsonText(to_base64((*tree.source()(id)).bytes())); };
    NodeRun leaves{.level = 0, .index = 0, .hashes = {text({0, 0}), text({0, 1})}};
    CHECK(of({leaves, {.level = 1, .index = 0, .hashes = {text({1, 0})}}}));
    CHECK(of({leaves, leaves}));
    for (const NodeRun& other : {NodeRun{.level = 1, .index = 0, .hashes = {text({1, 1})}},
                                 NodeRun{.level = 0, .index = 1, .hashes = {text({0, 2})}}}) {
        auto read = of({leaves, other});
        REQUIRE(!read);
        CHECK(read.error().kind == Kind::trust);
        CHECK(read.error().message.find("node ") == 0);
    }
    CHECK_FALSE(of({{.level = 63, .index = 0, .hashes = {text({0, 0})}}}));
    CHECK_FALSE(of({{.level = 0, .index = 0, .hashes = {"no hash"}}}));
}

TEST_CASE("tree nodes: added one by one, they make the same parents in any order, and a false one is found")
{
    const SmallTree tree(13);
    TreeNodes leaves;
    for (std::uint64_t i = 0; i < 13; ++i)
        REQUIRE(leaves.add({.level = 0, .index = i}, *tree.source()({.level = 0, .index = i})));
    TreeNodes all = leaves;
    REQUIRE(all.complete());
    for (std::uint64_t step : {1U, 5U, 12U}) { // each visits all thirteen
        TreeNodes grown;
        for (std::uint64_t i = 0; i < 13; ++i) {
            const NodeId id{.level = 0, .index = i * step % 13};
            REQUIRE(grown.add_completed(id, *leaves.find(id)));
        }
        for (unsigned level = 0; level < 4; ++level)
            for (std::uint64_t index = 0; index < 13; ++index) {
                const NodeId id{.level = level, .index = index};
                REQUIRE((grown.find(id) == nullptr) == (all.find(id) == nullptr));
                if (all.find(id) != nullptr)
                    CHECK(*grown.find(id) == *all.find(id));
            }
    }
    TreeNodes odd;
    REQUIRE(odd.add_completed({.level = 1, .index = 0}, sha256("false")));
    REQUIRE(odd.add_completed({.level = 0, .index = 0}, *leaves.find({.level = 0, .index = 0})));
    CHECK(odd.add_completed({.level = 0, .index = 1}, *leaves.find({.level = 0, .index = 1})).error().kind ==
          Kind::trust);
    CHECK(all.add_completed({.level = 0, .index = 3}, sha256("false")).error().kind == Kind::trust);
}
