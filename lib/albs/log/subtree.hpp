// SPDX-License-Identifier: GPL-3.0-or-later
// Proofs about subtrees [start, end) of a Merkle tree, where start is a multiple of the least power of two that is not
// below end - start: what C2SP tlog-mirror sends entries with, and what cosignatures of subtrees speak of.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "albs/log/merkle.hpp"

namespace albs {

/// Proof for the next function. Kind::input when there is no such subtree, or the leaf is not in it.
Result<std::vector<Digest>> make_subtree_inclusion_proof(std::uint64_t index, std::uint64_t start, std::uint64_t end,
                                                         const NodeSource& nodes);
/// Kind::trust unless the leaf is at index (counted in the whole tree) in the subtree of that root.
Status verify_subtree_inclusion(std::uint64_t index, std::uint64_t start, std::uint64_t end, const Digest& leaf,
                                std::span<const Digest> proof, const Digest& root);
/// Proof for the next function; empty for the empty subtree and for the whole tree.
Result<std::vector<Digest>> make_subtree_consistency_proof(std::uint64_t start, std::uint64_t end, std::uint64_t size,
                                                           const NodeSource& nodes);
/// Kind::trust unless the proof shows that the subtree is in the tree of that size and root. The empty subtree, whose
/// root is that of nothing, is in every tree that reaches it, by an empty proof.
Status verify_subtree_consistency(std::uint64_t start, std::uint64_t end, std::uint64_t size,
                                  const Digest& subtree_root, const Digest& root, std::span<const Digest> proof);

} // namespace albs
