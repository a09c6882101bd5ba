// SPDX-License-Identifier: GPL-3.0-or-later
// In the step-by-step form of the draft of Merkle tree certificates; merkle.cpp has the closed forms.
#include "albs/log/subtree.hpp"

#include <bit>

#include "albs/log/merkle_paths.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

Status check_bounds(std::uint64_t start, std::uint64_t end, Kind wrong = Kind::trust)
{
    bool valid = start < end && end <= max_tree && start % std::bit_ceil(end - start) == 0;
    if (!valid)
        return fail(wrong, format_text("[{}, {}) is no subtree", start, end));
    return {};
}

Status check_reach(std::uint64_t end, std::uint64_t size, Kind wrong = Kind::trust)
{
    if (end > size || size > max_tree)
        return fail(wrong, "no subtree to " + std::to_string(end) + " in a tree of " + std::to_string(size));
    return {};
}

// Three nodes on one level: of the subtree's first leaf, of its last, and of the tree's last.
struct Level {
    std::uint64_t first;
    std::uint64_t last;
    std::uint64_t edge;
    void up()
    {
        first >>= 1;
        last >>= 1;
        edge >>= 1;
    }
    bool is_right() const { return (last & 1) != 0; }
};

} // namespace

Result<std::vector<Digest>> make_subtree_inclusion_proof(std::uint64_t index, std::uint64_t start, std::uint64_t end,
                                                         const NodeSource& nodes)
{
    ALBS_CHECK(check_bounds(start, end, Kind::input));
    if (index < start || index >= end)
        return fail(Kind::input, "leaf " + std::to_string(index) + " is not in the subtree");
    std::vector<Digest> proof;
    ALBS_CHECK(detail::path(index, start, end, nodes, proof));
    return proof;
}

Result<std::vector<Digest>> make_subtree_consistency_proof(std::uint64_t start, std::uint64_t end, std::uint64_t size,
                                                           const NodeSource& nodes)
{
    ALBS_CHECK(check_reach(end, size, Kind::input));
    std::vector<Digest> proof;
    if (start == end)
        return proof;
    ALBS_CHECK(check_bounds(start, end, Kind::input));
    ALBS_CHECK(detail::subproof({start, end}, {0, size}, true, nodes, proof));
    return proof;
}

Status verify_subtree_inclusion(std::uint64_t index, std::uint64_t start, std::uint64_t end, const Digest& leaf,
                                std::span<const Digest> proof, const Digest& root)
{
    ALBS_CHECK(check_bounds(start, end));
    if (index < start)
        return fail(Kind::trust, "leaf " + std::to_string(index) + " is before the subtree");
    return verify_inclusion(index - start, end - start, leaf, proof, root);
}

Status verify_subtree_consistency(std::uint64_t start, std::uint64_t end, std::uint64_t size,
                                  const Digest& subtree_root, const Digest& root, std::span<const Digest> proof)
{
    if (start == end && end <= size && proof.empty() && subtree_root == empty_root())
        return {};
    ALBS_CHECK(check_bounds(start, end));
    ALBS_CHECK(check_reach(end, size));
    Level at{.first = start, .last = end - 1, .edge = size - 1};
    // Up to the root of the subtree, or of the complete subtree at its end, which the proof gives.
    while (at.first != at.last && (at.last == at.edge || at.is_right()))
        at.up();
    bool seeded = at.first != at.last;
    if (seeded && proof.empty())
        return fail(Kind::trust, "the proof is too short");
    Digest within = seeded ? proof.front() : subtree_root;
    Digest whole = within;
    for (const Digest& sibling : proof.subspan(seeded ? 1 : 0)) {
        if (at.edge == 0)
            return fail(Kind::trust, "the proof is too long");
        if (at.is_right() || at.last == at.edge) {
            if (at.first < at.last)
                within = node_hash(sibling, within);
            whole = node_hash(sibling, whole);
            while (!at.is_right())
                at.up();
        } else {
            whole = node_hash(whole, sibling);
        }
        at.up();
    }
    if (at.edge != 0)
        return fail(Kind::trust, "the proof is too short");
    if (within != subtree_root || whole != root)
        return fail(Kind::trust, "the proof does not lead from the subtree to the root");
    return {};
}

} // namespace albs
