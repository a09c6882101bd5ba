// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/tree_nodes.hpp"

#include "albs/log/checkpoint.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr int max_level = 62; // of a tree of 2^63-1

tl::unexpected<Error> two_hashes(NodeId id, const Digest& known, const Digest& other)
{
    return fail(Kind::trust,
                format_text("node {} is {} and {}", node_name(id), to_base64(known.bytes()), to_base64(other.bytes())));
}

} // namespace

Status for_each_node(const std::vector<NodeRun>& runs, const std::function<Status(NodeId, const Digest&)>& take)
{
    for (const NodeRun& run : runs) {
        if (run.level > max_level)
            return fail(Kind::input, format_text("node {}/{}: no tree has that level", run.level, run.index));
        NodeId id{.level = static_cast<unsigned>(run.level), .index = static_cast<std::uint64_t>(run.index)};
        for (const JsonText& text : run.hashes) {
            ALBS_TRY(Digest hash, parse_base64_digest(text));
            ALBS_CHECK(take(id, hash));
            ++id.index;
        }
    }
    return {};
}

Result<TreeNodes> TreeNodes::of(const LedgerRecord& record)
{
    TreeNodes read;
    ALBS_CHECK(for_each_node(record.nodes, [&](NodeId id, const Digest& hash) { return read.add(id, hash); }));
    ALBS_CHECK(read.complete());
    return read;
}

Status TreeNodes::add(NodeId id, const Digest& hash)
{
    // Most come in order.
    auto place = nodes_.emplace_hint(nodes_.end(), Key(id.level, id.index), hash);
    return place->second == hash ? Status() : two_hashes(id, place->second, hash);
}

Status TreeNodes::add_completed(NodeId id, const Digest& hash)
{
    Digest present = hash;
    for (;;) {
        if (const Digest* known = find(id))
            return *known == present ? Status() : two_hashes(id, *known, present);
        nodes_.emplace(Key(id.level, id.index), present);
        const NodeId beside{.level = id.level, .index = id.index ^ 1};
        const Digest* other = find(beside);
        if (other == nullptr)
            return {};
        present = id.index % 2 == 0 ? node_hash(present, *other) : node_hash(*other, present);
        id = {.level = id.level + 1, .index = id.index / 2};
    }
}

const Digest* TreeNodes::find(NodeId id) const
{
    auto found = nodes_.find(Key(id.level, id.index));
    return found == nodes_.end() ? nullptr : &found->second;
}

NodeSource TreeNodes::source() const
{
    return [this](NodeId id) -> Result<Digest> {
        if (const Digest* hash = find(id))
            return *hash;
        return fail(Kind::input, format_text("the manifest lacks node {} of the tree", node_name(id)));
    };
}

NodeSource TreeNodes::filled_from(const NodeSource& elsewhere)
{
    return [this, &elsewhere](NodeId id) -> Result<Digest> {
        if (const Digest* hash = find(id))
            return *hash;
        ALBS_TRY(Digest hash, elsewhere(id));
        ALBS_CHECK(add(id, hash));
        return hash;
    };
}

// Parents of pairs: they come behind their children in the map, so one walk makes those of all levels.
Status TreeNodes::complete()
{
    for (auto one = nodes_.begin(); one != nodes_.end(); ++one) {
        auto [level, index] = one->first;
        auto next = std::next(one);
        if (index % 2 != 0 || next == nodes_.end() || next->first != Key(level, index + 1))
            continue;
        Digest parent = node_hash(one->second, next->second);
        auto [known, is_new] = nodes_.try_emplace(Key(level + 1, index / 2), parent);
        if (known->second != parent)
            return two_hashes({.level = level + 1, .index = index / 2}, known->second, parent);
    }
    return {};
}

bool TreeNodes::follows(const Key& key) const
{
    auto [level, index] = key;
    return level > 0 && nodes_.contains(Key(level - 1, index * 2)) && nodes_.contains(Key(level - 1, index * 2 + 1));
}

std::vector<NodeRun> TreeNodes::runs() const
{
    std::vector<NodeRun> runs;
    Key behind; // the node that would continue the last run
    for (const auto& [key, hash] : nodes_) {
        if (follows(key))
            continue;
        if (runs.empty() || key != behind)
            runs.push_back({.level = key.first, .index = static_cast<std::int64_t>(key.second), .hashes = {}});
        runs.back().hashes.emplace_back(to_base64(hash.bytes()));
        behind = Key(key.first, key.second + 1);
    }
    return runs;
}

} // namespace albs
