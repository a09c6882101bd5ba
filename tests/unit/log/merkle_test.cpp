// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/log/merkle_oracle.hpp"

#include <bit>
#include <map>

#include "base/bytes.hpp"

using namespace albs;
using merkle_oracle::defined_root;
using merkle_oracle::leaves_of;
using merkle_oracle::source_of;

namespace {

std::string hex_of(std::string_view bytes)
{
    return leaf_hash(bytes).hex();
}

} // namespace

TEST_CASE("merkle: the hashes of RFC 6962")
{
    CHECK(empty_root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex_of("") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    CHECK(hex_of("L123456") == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

TEST_CASE("merkle: the eight leaves of the Certificate Transparency tests")
{
    const std::vector<std::string> inputs = {"",         "00",       "10",       "2021",
                                             "3031",     "40414243", "5051525354555657",
                                             "606162636465666768696a6b6c6d6e6f"};
    const std::vector<std::string> roots = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    CompactRange range;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        range.append(leaf_hash(as_text(*from_hex(inputs[i]))));
        CHECK(range.root().hex() == roots[i]);
    }
}

TEST_CASE("merkle: every proof of every tree up to 40 leaves verifies, and no altered one does")
{
    std::vector<Digest> leaves = leaves_of(40);
    NodeSource nodes = source_of(leaves);
    CompactRange range;
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        range.append(leaves[size - 1]);
        Digest root = defined_root(leaves, 0, size);
        CHECK(range.root() == root);
        CHECK(*tree_root(size, nodes) == root);
        for (std::size_t index = 0; index < size; ++index) {
            std::vector<Digest> proof = *make_inclusion_proof(index, size, nodes);
            CHECK(verify_inclusion(index, size, leaves[index], proof, root));
            CHECK_FALSE(verify_inclusion(index, size, leaf_hash("x"), proof, root));
            CHECK_FALSE(verify_inclusion(index + 1, size, leaves[index], proof, root));
            for (std::size_t k = 0; k < proof.size(); ++k) {
                std::vector<Digest> bad = proof;
                bad[k] = leaf_hash("x");
                CHECK_FALSE(verify_inclusion(index, size, leaves[index], bad, root));
            }
            proof.push_back(root);
            CHECK_FALSE(verify_inclusion(index, size, leaves[index], proof, root));
        }
        for (std::size_t old = 1; old <= size; ++old) {
            Digest old_root = defined_root(leaves, 0, old);
            std::vector<Digest> proof = *make_consistency_proof(old, size, nodes);
            CHECK(verify_consistency(old, size, old_root, root, proof));
            for (std::size_t k = 0; k < proof.size(); ++k) {
                std::vector<Digest> bad = proof;
                bad[k] = leaf_hash("x");
                CHECK_FALSE(verify_consistency(old, size, old_root, root, bad));
            }
            CHECK_FALSE(verify_consistency(old, size, leaf_hash("x"), root, proof));
            CHECK_FALSE(verify_consistency(old, size, old_root, leaf_hash("x"), proof));
            proof.push_back(root);
            CHECK_FALSE(verify_consistency(old, size, old_root, root, proof));
        }
    }
}

TEST_CASE("merkle: the largest trees do not overflow")
{
    const std::uint64_t size = max_tree;
    std::map<std::pair<unsigned, std::uint64_t>, Digest> made;
    NodeSource nodes = [](NodeId id) -> Result<Digest> {
        return sha256("node " + std::to_string(id.level) + "/" + std::to_string(id.index));
    };
    Digest root = *tree_root(size, nodes);
    auto proof = make_inclusion_proof(size - 1, size, nodes);
    REQUIRE(proof);
    CHECK(proof->size() == 62);
    CHECK(verify_inclusion(size - 1, size, *nodes({0, size - 1}), *proof, root));
    CHECK_FALSE(verify_inclusion(0, size + 1, root, *proof, root));
    CHECK_FALSE(make_inclusion_proof(0, size + 1, nodes));
    CHECK_FALSE(verify_consistency(1, ~std::uint64_t{0}, root, root, *proof));
    auto grown = make_consistency_proof(size - 1, size, nodes);
    REQUIRE(grown);
    CHECK(verify_consistency(size - 1, size, *tree_root(size - 1, nodes), root, *grown));
}

TEST_CASE("merkle: a right edge of the wrong length is refused")
{
    CHECK_FALSE(CompactRange::from(3, {empty_root()}));
    auto range = CompactRange::from(2, {leaf_hash("a")});
    REQUIRE(range);
    CHECK(range->root() == leaf_hash("a"));
}
