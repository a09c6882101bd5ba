// SPDX-License-Identifier: GPL-3.0-or-later
// The inclusion proofs of a manifest's notarizations, from whichever of its two forms they have.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/manifest/tree_nodes.hpp"
#include "base/result.hpp"

namespace albs {

/// All proofs that a manifest has of one entry.
struct Inclusion {
    std::vector<TlogProof> proofs;
    std::string lacking; ///< what the manifest does not have for a further one; empty when it lacks nothing
};

/// Reads the shared tables of one manifest, which must outlive this and must not change. Several threads may ask.
class InclusionProofs {
public:
    /// Of no manifest: knows proofs that are complete by themselves only.
    InclusionProofs() = default;
    explicit InclusionProofs(const Manifest& manifest);

    /// No signature and no hash is checked. Kind::trust when the proof cannot be read, nodes contradict each other, or
    /// a checkpoint is of another log or has no such entry.
    Result<Inclusion> of(const Notarization& notarization) const;
    /// The nodes that the manifest has of a log. Kind::trust when they contradict each other; null when it has none.
    Result<const TreeNodes*> nodes_of(std::string_view log) const;

private:
    Status add(const CheckpointRecord& checkpoint, const Notarization& notarization, Inclusion& inclusion) const;
    const Manifest* manifest_ = nullptr;
    std::map<std::string, Result<TreeNodes>, std::less<>> nodes_; ///< by log
};

} // namespace albs
