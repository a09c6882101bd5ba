// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/log/merkle_oracle.hpp"

#include <bit>

#include "albs/log/subtree.hpp"

using namespace albs;
using merkle_oracle::defined_root;
using merkle_oracle::leaves_of;
using merkle_oracle::source_of;

namespace {

bool is_subtree(std::size_t start, std::size_t end)
{
    return start < end && start % std::bit_ceil(end - start) == 0;
}

} // namespace

TEST_CASE("subtree: every proof of every subtree of small trees holds, and of nothing else")
{
    for (std::size_t size = 1; size <= 35; ++size) {
        std::vector<Digest> leaves = leaves_of(size);
        NodeSource nodes = source_of(leaves);
        Digest root = defined_root(leaves, 0, size);
        for (std::size_t start = 0; start <= size; ++start)
            for (std::size_t end = start; end <= size; ++end) {
                auto proof = make_subtree_consistency_proof(start, end, size, nodes);
                REQUIRE(proof.has_value() == (start == end || is_subtree(start, end)));
                if (!proof)
                    continue;
                Digest part = defined_root(leaves, start, end);
                CHECK(verify_subtree_consistency(start, end, size, part, root, *proof));
                if (start != end)
                    CHECK_FALSE(verify_subtree_consistency(start, end, size, part, leaf_hash("another"), *proof));
                proof->push_back(root);
                CHECK_FALSE(verify_subtree_consistency(start, end, size, part, root, *proof));
            }
    }
}

TEST_CASE("subtree: each leaf of each subtree is proven")
{
    std::vector<Digest> leaves = leaves_of(21);
    NodeSource nodes = source_of(leaves);
    for (std::size_t start = 0; start < leaves.size(); ++start)
        for (std::size_t end = start + 1; end <= leaves.size(); ++end)
            for (std::size_t index = 0; index < leaves.size(); ++index) {
                auto proof = make_subtree_inclusion_proof(index, start, end, nodes);
                REQUIRE(proof.has_value() == (is_subtree(start, end) && start <= index && index < end));
                if (!proof)
                    continue;
                Digest part = defined_root(leaves, start, end);
                CHECK(verify_subtree_inclusion(index, start, end, leaves[index], *proof, part));
                CHECK_FALSE(verify_subtree_inclusion(index, start, end, leaf_hash("another"), *proof, part));
            }
}

TEST_CASE("subtree: what a tree does not have is not proven")
{
    std::vector<Digest> leaves = leaves_of(8);
    NodeSource nodes = source_of(leaves);
    CHECK(make_subtree_consistency_proof(4, 9, 8, nodes).error().kind == Kind::input);
    CHECK(make_subtree_consistency_proof(1, 3, 8, nodes).error().kind == Kind::input);
    CHECK(make_subtree_inclusion_proof(4, 0, 4, nodes).error().kind == Kind::input);
}
