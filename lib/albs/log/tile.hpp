// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles and entry bundles as C2SP tlog-tiles lays them out, and a reader that uses a tile only after its hashes led to
// the root of a verified checkpoint.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "albs/log/merkle.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

constexpr std::uint64_t tile_width = 256;        ///< hashes in a full tile, entries in a full bundle
constexpr std::size_t max_entry = 65535;     ///< bytes: an entry's length has 16 bits
constexpr unsigned max_tile_level = 7;       ///< of a tree of 2^63-1

/// What a tlog-tiles path names.
struct TilePath {
    bool entries = false;
    unsigned level = 0; ///< 0 for entries
    std::uint64_t number = 0;
    std::uint64_t width = tile_width; ///< less than 256: partial
    /// "tile/0/x001/x234/067", "tile/entries/000.p/17"
    std::string text() const;
    /// The very text that text() gives; Kind::input otherwise.
    static Result<TilePath> parse(std::string_view text);
    friend bool operator==(const TilePath&, const TilePath&) = default;
};
/// "x001/x234/067" for 1234067.
std::string grouped_number(std::uint64_t number);
/// Hashes in the tile of that level and number when the tree has size leaves; 0: there is no such tile.
std::uint64_t tile_width_at(unsigned level, std::uint64_t number, std::uint64_t size);

/// Length-prefixed entries. An entry over 65535 bytes is Kind::input.
Result<std::string> write_bundle(const std::vector<std::string>& entries);
/// Exactly count entries and nothing after them; Kind::trust otherwise.
Result<std::vector<std::string>> read_bundle(std::string_view bytes, std::uint64_t count);

/// Gets a resource of a log by its path; Kind::input when there is none.
using Fetch = std::function<Result<std::string>(const std::string& path)>;

/// The tree of a log at one size, out of its tiles.
class TileReader {
public:
    /// Loads the right edge and checks that it has that root; Kind::trust otherwise.
    static Result<TileReader> open(Fetch fetch, std::uint64_t size, const Digest& root);
    TileReader(TileReader&&) noexcept;
    TileReader& operator=(TileReader&&) noexcept;
    ~TileReader();
    std::uint64_t size() const;
    /// A complete subtree; its tile is authenticated first.
    Result<Digest> node(NodeId id);
    NodeSource nodes();
    /// The entries of a bundle, each checked against its leaf hash.
    Result<std::vector<std::string>> bundle(std::uint64_t number);
    Result<std::string> entry(std::uint64_t index);
    Result<CompactRange> right_edge();

private:
    struct State;
    explicit TileReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs
