// SPDX-License-Identifier: GPL-3.0-or-later
// A Merkle tree in memory, for the tests of what a manifest holds of one.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "base/format.hpp"

namespace manifest_test {

using namespace albs;

struct SmallTree {
    std::uint64_t size;
    std::map<std::pair<unsigned, std::uint64_t>, Digest> nodes;
    Digest root;

    explicit SmallTree(std::uint64_t size_, const std::string& name = "leaf") : size(size_)
    {
        CompactRange range;
        for (std::uint64_t i = 0; i < size; ++i)
            range.append(leaf_hash(leaf(i, name)),
                         [&](NodeId id, const Digest& hash) { nodes[{id.level, id.index}] = hash; });
        root = range.root();
    }
    static std::string leaf(std::uint64_t i, const std::string& name = "leaf") { return format_text("{} {}", name, i); }
    NodeSource source() const
    {
        return [this](NodeId id) -> Result<Digest> {
            auto found = nodes.find({id.level, id.index});
            if (found == nodes.end())
                return fail(Kind::internal, "no such node");
            return found->second;
        };
    }
    std::string note() const
    {
        return Checkpoint{.origin = "log.example.org", .size = size, .root = root}.text() +
               "\n— log.example.org AAAAAAAAAAAA\n";
    }
};

} // namespace manifest_test
