// SPDX-License-Identifier: GPL-3.0-or-later
// The recursions behind proofs of trees and of their subtrees, for the two files that make them.
#pragma once
#include "albs/log/merkle.hpp"

namespace albs::detail {

/// Leaves [low, high) of a tree.
struct Leaves {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(const Leaves&, const Leaves&) = default;
};

/// RFC 6962 §2.1.1 PATH(index, D[low:high]), with index counted from leaf 0.
Status path(std::uint64_t index, std::uint64_t low, std::uint64_t high, const NodeSource& nodes,
            std::vector<Digest>& proof);
/// RFC 6962 §2.1.2 SUBPROOF of a part, also of one that does not begin where the whole does. known: who verifies has
/// the part's root.
Status subproof(Leaves part, Leaves whole, bool known, const NodeSource& nodes, std::vector<Digest>& proof);

} // namespace albs::detail
