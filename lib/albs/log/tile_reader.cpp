// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>

#include "albs/log/tile.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// A tile with all the nodes above its hashes, so that a proof out of it costs look-ups and no hashing.
struct Tile {
    std::vector<std::vector<Digest>> levels; // [0] is the tile's own hashes

    static Tile of(std::vector<Digest> hashes)
    {
        Tile tile;
        tile.levels.push_back(std::move(hashes));
        while (tile.levels.back().size() > 1) {
            const std::vector<Digest>& below = tile.levels.back();
            std::vector<Digest> above;
            for (std::size_t i = 0; i + 1 < below.size(); i += 2)
                above.push_back(node_hash(below[i], below[i + 1]));
            tile.levels.push_back(std::move(above));
        }
        return tile;
    }
};

// A log may drop partial tiles once the full one exists, so a missing partial means: look at the full one.
Result<std::string> fetch_partial_or_full(const Fetch& from, TilePath& path)
{
    Result<std::string> bytes = from(path.text());
    if (bytes || bytes.error().kind != Kind::input || path.width >= tile_width)
        return bytes;
    path.width = tile_width;
    return from(path.text());
}

} // namespace

struct TileReader::State {
    Fetch fetch;
    std::uint64_t size = 0;
    std::map<std::pair<unsigned, std::uint64_t>, Tile> tiles; // authenticated

    Result<Tile> load(const Fetch& from, unsigned level, std::uint64_t number) const;
    Result<Tile> load_below(const Fetch& from, const Tile& parent, unsigned level, std::uint64_t number) const;
    Status check_right_edge(const Fetch& from, const Digest& root);
    Result<const Tile*> tile(unsigned level, std::uint64_t number);
    Result<bool> is_full_bundle(std::uint64_t number, const std::vector<std::string>& entries);
};

Result<Tile> TileReader::State::load(const Fetch& from, unsigned level, std::uint64_t number) const
{
    std::uint64_t width = tile_width_at(level, number, size);
    if (width == 0)
        return fail(Kind::internal, "no tile " + std::to_string(number) + " at level " + std::to_string(level));
    TilePath path{.level = level, .number = number, .width = width};
    ALBS_TRY(std::string bytes, fetch_partial_or_full(from, path));
    if (bytes.size() != path.width * Digest::size)
        return fail(Kind::trust,
                    format_text("'{}' has {} bytes, not {}", path.text(), bytes.size(), path.width * Digest::size));
    std::vector<Digest> hashes;
    for (std::uint64_t i = 0; i < width; ++i) {
        ALBS_TRY(Digest hash, Digest::from_bytes(as_bytes(std::string_view(bytes).substr(i * 32, 32))));
        hashes.push_back(hash);
    }
    return Tile::of(std::move(hashes));
}

Result<Tile> TileReader::State::load_below(const Fetch& from, const Tile& parent, unsigned level,
                                           std::uint64_t number) const
{
    ALBS_TRY(Tile loaded, load(from, level, number));
    if (loaded.levels.size() != 9 || loaded.levels.back().front() != parent.levels.front()[number % tile_width])
        return fail(Kind::trust,
                    "'" + TilePath{.level = level, .number = number}.text() + "' is not what the tiles above it say");
    return loaded;
}

// A full tile has a hash in its parent; the others are the right edge, which open() has checked.
Result<const Tile*> TileReader::State::tile(unsigned level, std::uint64_t number)
{
    auto found = tiles.find({level, number});
    if (found != tiles.end())
        return &found->second;
    ALBS_TRY(const Tile* parent, tile(level + 1, number / tile_width));
    ALBS_TRY(Tile loaded,
             read_authentic(fetch, [&](const Fetch& from) { return load_below(from, *parent, level, number); }));
    return &tiles.emplace(std::pair(level, number), std::move(loaded)).first->second;
}

// The tile of a full bundle can be made of its entries, and is, so that it need not be fetched.
Result<bool> TileReader::State::is_full_bundle(std::uint64_t number, const std::vector<std::string>& entries)
{
    if (entries.size() != tile_width || tiles.contains({0, number}))
        return false;
    ALBS_TRY(const Tile* parent, tile(1, number / tile_width));
    std::vector<Digest> hashes;
    for (const std::string& entry : entries)
        hashes.push_back(leaf_hash(entry));
    Tile made = Tile::of(std::move(hashes));
    if (made.levels.back().front() != parent->levels.front()[number % tile_width])
        return false;
    tiles.emplace(std::pair(0U, number), std::move(made));
    return true;
}

Status TileReader::State::check_right_edge(const Fetch& from, const Digest& root)
{
    std::map<std::pair<unsigned, std::uint64_t>, Tile> edge;
    for (unsigned level = 0; level <= max_tile_level; ++level) {
        std::uint64_t hashes = size >> (8 * level);
        if (hashes == 0)
            break;
        if (hashes % tile_width == 0)
            continue; // every tile of this level is full
        ALBS_TRY(Tile tile, load(from, level, hashes / tile_width));
        edge.emplace(std::pair(level, hashes / tile_width), std::move(tile));
    }
    auto node = [&](NodeId id) -> Result<Digest> {
        auto found = edge.find({id.level / 8, (id.index << id.level % 8) / tile_width});
        if (found == edge.end())
            return fail(Kind::internal, "a root that needs more than the right edge");
        return found->second.levels[id.level % 8][id.index - ((found->first.second * tile_width) >> id.level % 8)];
    };
    ALBS_TRY(Digest computed, tree_root(size, node));
    if (computed != root)
        return fail(Kind::trust, "the tiles of the log do not have the root that its checkpoint signs (size " +
                                     std::to_string(size) + ")");
    tiles = std::move(edge);
    return {};
}

TileReader::TileReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TileReader::TileReader(TileReader&&) noexcept = default;
TileReader& TileReader::operator=(TileReader&&) noexcept = default;
TileReader::~TileReader() = default;

Result<TileReader> TileReader::open(Fetch fetch, std::uint64_t size, const Digest& root)
{
    auto state = std::make_unique<State>();
    state->fetch = std::move(fetch);
    state->size = size;
    if (size > max_tree)
        return fail(Kind::trust, "a log of more than 2^63-1 entries");
    ALBS_CHECK(read_authentic(state->fetch, [&](const Fetch& from) { return state->check_right_edge(from, root); }));
    return TileReader(std::move(state));
}

std::uint64_t TileReader::size() const
{
    return state_->size;
}

Result<Digest> TileReader::node(NodeId id)
{
    if (id.level > 62 || (id.index + 1) << id.level > state_->size)
        return fail(Kind::internal, "a subtree that the log does not have");
    unsigned height = id.level % 8;
    std::uint64_t number = (id.index << height) / tile_width;
    ALBS_TRY(const Tile* tile, state_->tile(id.level / 8, number));
    return tile->levels[height][id.index - ((number * tile_width) >> height)];
}

NodeSource TileReader::nodes()
{
    return [this](NodeId id) { return node(id); };
}

Result<std::vector<std::string>> TileReader::bundle(std::uint64_t number)
{
    return read_authentic(state_->fetch, [&](const Fetch& from) { return bundle_from(from, number); });
}

Result<std::vector<std::string>> TileReader::bundle_from(const Fetch& from, std::uint64_t number)
{
    std::uint64_t width = tile_width_at(0, number, state_->size);
    TilePath path{.entries = true, .number = number, .width = width};
    if (width == 0)
        return fail(Kind::input, "no bundle " + std::to_string(number) + " in the log");
    ALBS_TRY(std::string bytes, fetch_partial_or_full(from, path));
    Result<std::vector<std::string>> entries = read_bundle(bytes, path.width);
    if (!entries)
        return fail(std::move(entries).error(), "'" + path.text() + "'");
    entries->resize(width);
    ALBS_TRY(bool whole, state_->is_full_bundle(number, *entries));
    if (whole)
        return entries;
    for (std::uint64_t i = 0; i < width; ++i) {
        ALBS_TRY(Digest leaf, node(NodeId{0, number * tile_width + i}));
        if (leaf_hash((*entries)[i]) != leaf)
            return fail(Kind::trust, format_text("entry {} in '{}' is not what the tree holds", number * tile_width + i,
                                                 path.text()));
    }
    return entries;
}

Result<std::string> TileReader::entry(std::uint64_t index)
{
    if (index >= state_->size)
        return fail(Kind::input, "no entry " + std::to_string(index) + " in a log of " + std::to_string(state_->size));
    ALBS_TRY(std::vector<std::string> entries, bundle(index / tile_width));
    return entries[index % tile_width];
}

Result<CompactRange> TileReader::right_edge()
{
    std::vector<Digest> hashes;
    std::uint64_t low = 0;
    for (std::uint64_t rest = state_->size; rest > 0;) {
        auto level = static_cast<unsigned>(std::bit_width(rest) - 1);
        ALBS_TRY(Digest hash, node(NodeId{level, low >> level}));
        hashes.push_back(hash);
        low += std::uint64_t{1} << level;
        rest = state_->size - low;
    }
    return CompactRange::from(state_->size, std::move(hashes));
}

} // namespace albs
