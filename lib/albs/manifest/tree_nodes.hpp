// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes of one Merkle tree, as many as the proofs of a manifest need.
#pragma once
#include <map>
#include <utility>
#include <vector>

#include "albs/log/merkle.hpp"
#include "albs/manifest/ledger_record.hpp"

namespace albs {

class TreeNodes {
public:
    /// Those of a record, and those that follow from them. Kind::trust when one does not have the hash of its children,
    /// or is there with two hashes.
    static Result<TreeNodes> of(const LedgerRecord& record);

    /// Kind::trust when it is there with another hash.
    Status add(NodeId id, const Digest& hash);
    /// The same, among nodes that are complete(), which they are again.
    Status add_completed(NodeId id, const Digest& hash);
    /// Null when it is not there.
    const Digest* find(NodeId id) const;
    /// Finds nodes here; Kind::input with the node's name when it is not here. This must outlive it.
    NodeSource source() const;
    /// As find(); a node that is not here is taken from ELSEWHERE, and is here then. Both must outlive it.
    NodeSource filled_from(const NodeSource& elsewhere);
    /// The parents of pairs that are here. Kind::trust when one is there with another hash.
    Status complete();
    /// The fewest from which complete() makes all.
    std::vector<NodeRun> runs() const;

private:
    using Key = std::pair<unsigned, std::uint64_t>; ///< level, index
    bool follows(const Key& key) const;
    std::map<Key, Digest> nodes_;
};

/// The nodes of a ledger's record that grows as manifests are merged: read once, and not for each of them.
struct KnownNodes {
    std::size_t runs = 0; ///< that the record had when these were read
    TreeNodes nodes;
};

/// Takes each node of the runs in turn. Kind::input where a run is malformed.
Status for_each_node(const std::vector<NodeRun>& runs, const std::function<Status(NodeId, const Digest&)>& take);

} // namespace albs
