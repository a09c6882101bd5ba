// SPDX-License-Identifier: GPL-3.0-or-later
// The Merkle tree of RFC 6962 §2.1 (RFC 9162 §2.1 with SHA-256): roots, inclusion and consistency proofs.
//
// Proofs are made from complete subtrees, whoever holds them (tiles on disk, tiles behind HTTP, memory), and verified
// from their own bytes alone. Sizes go to 2^63-1, as in Go and Rekor.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

constexpr std::uint64_t max_tree = (std::uint64_t{1} << 63) - 1;

/// SHA-256(0x00 || data).
Digest leaf_hash(std::string_view data);
/// SHA-256(0x01 || left || right).
Digest node_hash(const Digest& left, const Digest& right);
/// SHA-256 of nothing: the root of the empty tree.
Digest empty_root();

/// The complete subtree over leaves [index * 2^level, (index + 1) * 2^level).
struct NodeId {
    unsigned level = 0;
    std::uint64_t index = 0;
    friend bool operator==(const NodeId&, const NodeId&) = default;
};
/// Gives the hash of a complete subtree.
using NodeSource = std::function<Result<Digest>(NodeId)>;

/// Proof, from the leaf's sibling up to the root's child. index < size, or Kind::input.
Result<std::vector<Digest>> make_inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeSource& nodes);
/// Proof that the tree of new_size begins with the tree of old_size; empty when they are equal or old_size is 0.
Result<std::vector<Digest>> make_consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                                   const NodeSource& nodes);
Result<Digest> tree_root(std::uint64_t size, const NodeSource& nodes);

/// The root that the proof leads to. A proof of another length than the only right one is Kind::trust.
Result<Digest> root_from_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                   std::span<const Digest> proof);
/// Kind::trust unless the leaf is at index in the tree of that size and root.
Status verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf, std::span<const Digest> proof,
                        const Digest& root);
/// Kind::trust unless the proof shows that the new tree begins with the old one. No proof starts at the empty tree:
/// every tree begins with it.
Status verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Digest& old_root,
                          const Digest& new_root, std::span<const Digest> proof);

/// The right edge of a tree: one hash for each 1 bit of its size. Enough to append and to know the root.
class CompactRange {
public:
    CompactRange() = default;
    /// hashes: of the complete subtrees, largest (leftmost) first; as many as 1 bits in size.
    static Result<CompactRange> from(std::uint64_t size, std::vector<Digest> hashes);
    /// Subtrees that become complete are told to the sink, leaf first.
    void append(const Digest& leaf, const std::function<void(NodeId, const Digest&)>& sink = {});
    std::uint64_t size() const { return size_; }
    Digest root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> hashes_;
};

} // namespace albs
