// SPDX-License-Identifier: GPL-3.0-or-later
// Trees by their definition, to hold the code against.
#pragma once
#include <doctest/doctest.h>

#include "albs/log/merkle.hpp"

namespace merkle_oracle {

using namespace albs;

// The definition of RFC 6962 §2.1, word for word: the oracle.
inline Digest defined_root(const std::vector<Digest>& leaves, std::size_t low, std::size_t high)
{
    if (high == low)
        return empty_root();
    if (high - low == 1)
        return leaves[low];
    std::size_t k = 1;
    while (k * 2 < high - low)
        k *= 2;
    return node_hash(defined_root(leaves, low, low + k), defined_root(leaves, low + k, high));
}

inline std::vector<Digest> leaves_of(std::size_t count)
{
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash("entry " + std::to_string(i)));
    return leaves;
}

inline NodeSource source_of(const std::vector<Digest>& leaves)
{
    return [&leaves](NodeId id) -> Result<Digest> {
        return defined_root(leaves, id.index << id.level, (id.index + 1) << id.level);
    };
}

} // namespace merkle_oracle
