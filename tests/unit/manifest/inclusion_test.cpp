// SPDX-License-Identifier: GPL-3.0-or-later
// Inclusion proofs out of the tables that notarizations share. The trees are made by hand: no signature is checked.
// Also of: manifest/checkpoint_record
#include "albs/manifest/inclusion.hpp"

#include <doctest/doctest.h>

#include "unit/manifest/small_tree.hpp"

using namespace albs;
using manifest_test::SmallTree;

namespace {

Notarization named(std::int64_t index, std::vector<JsonText> checkpoints)
{
    return Notarization{.id = format_text("log.example.org#{}", index), .about = "a", .kind = "file",
                        .subject = sha256("a").hex(), .log = "log.example.org", .index = index,
                        .checkpoints = std::move(checkpoints), .signer = "0123456789ab",
                        .statement = Json::object(), .signature = "AAAA"};
}

/// The tables for one entry of a tree.
Manifest with_entry(const SmallTree& tree, std::uint64_t index)
{
    Manifest manifest;
    TreeNodes nodes;
    const NodeSource source = tree.source();
    REQUIRE(make_inclusion_proof(index, tree.size, nodes.filled_from(source)));
    REQUIRE(manifest.add(*checkpoint_record(tree.note())));
    REQUIRE(manifest.add(LedgerRecord{
        .id = "log.example.org", .profile = "raw", .statement_keys = {}, .nodes = nodes.runs()}));
    return manifest;
}

} // namespace

TEST_CASE("inclusion: a proof for each checkpoint that has all its nodes, and the reason why another has none")
{
    const SmallTree small(5);
    const SmallTree large(9);
    Manifest manifest = with_entry(small, 2);
    REQUIRE(manifest.merge(with_entry(large, 2)));
    const InclusionProofs proofs(manifest);
    JsonText first = manifest.checkpoints()[0].id;
    JsonText second = manifest.checkpoints()[1].id;
    Inclusion both = *proofs.of(named(2, {first, second}));
    REQUIRE(both.proofs.size() == 2);
    CHECK(both.lacking.empty());
    for (std::size_t i = 0; i < 2; ++i) {
        const SmallTree& tree = i == 0 ? small : large;
        CHECK(both.proofs[i].checkpoint == tree.note());
        CHECK(verify_inclusion(2, tree.size, leaf_hash(SmallTree::leaf(2)), both.proofs[i].hashes, tree.root));
    }
    Inclusion neighbour = *proofs.of(named(6, {second}));
    CHECK(neighbour.proofs.empty());
    CHECK(neighbour.lacking == "the manifest lacks node 0/7 of the tree");
    Inclusion unknown = *proofs.of(named(2, {"log.example.org@7@000000000000", first}));
    CHECK(unknown.proofs.size() == 1);
    CHECK(unknown.lacking == "the manifest lacks the checkpoint 'log.example.org@7@000000000000'");
    CHECK(InclusionProofs().of(named(2, {first}))->proofs.empty());
}

TEST_CASE("inclusion: an entry beyond the checkpoint, or of another log, is a contradiction")
{
    Manifest manifest = with_entry(SmallTree(5), 2);
    const InclusionProofs proofs(manifest);
    JsonText id = manifest.checkpoints()[0].id;
    Notarization stranger = named(2, {id});
    stranger.log = "other.example.org";
    for (const Notarization& bad : {named(5, {id}), named(std::int64_t{1} << 52, {id}), stranger}) {
        auto read = proofs.of(bad);
        REQUIRE(!read);
        CHECK(read.error().kind == Kind::trust);
    }
}

TEST_CASE("checkpoints: the members repeat the note, and one size has one root")
{
    Manifest manifest = with_entry(SmallTree(5), 2);
    CheckpointRecord good = manifest.checkpoints()[0];
    CHECK(good.id == format_text("log.example.org@5@{}", sha256(good.note.view()).hex().substr(0, 12)));
    std::vector<CheckpointRecord> bad(4, good);
    bad[0].size = 6;
    bad[1].log = "other.example.org";
    bad[2].id = "log.example.org@5@000000000000";
    bad[3].note = "no note";
    for (const CheckpointRecord& one : bad) {
        Status added = Manifest().add(one);
        REQUIRE(!added);
        CHECK(added.error().kind == Kind::trust);
    }
    CHECK_FALSE(checkpoint_record(Checkpoint{.origin = "o", .size = max_tree, .root = {}}.text() + "\n— o AAAAAAAAAAAA\n"));
    Status forked = manifest.add(*checkpoint_record(SmallTree(5, "other").note()));
    REQUIRE(!forked);
    CHECK(forked.error().kind == Kind::trust);
    CHECK(forked.error().message.find("two histories") != std::string::npos);
    CHECK(manifest.add(*checkpoint_record(good.note + "— witness.example.org AAAAAAAAAAAA\n")));
    CHECK(manifest.checkpoints().size() == 2);
}
