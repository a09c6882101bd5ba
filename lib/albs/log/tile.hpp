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
#include <type_traits>
#include <utility>
#include <vector>

#include "albs/log/merkle.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

constexpr std::uint64_t tile_width = 256;                           ///< hashes in a full tile, entries in a full bundle
constexpr std::size_t max_entry = 65535;                            ///< bytes: an entry's length has 16 bits
constexpr std::size_t max_statements_bytes = std::size_t{64} << 20; ///< the statements of 256 entries, as lines
constexpr unsigned max_tile_level = 7;                              ///< of a tree of 2^63-1

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
class Fetch {
public:
    using Function = std::function<Result<std::string>(const std::string& path)>;
    Fetch() = default;
    template <class Callable>
    requires(!std::is_same_v<std::remove_cvref_t<Callable>, Fetch>) Fetch(Callable get) : get_(std::move(get)) {}
    /// GET may answer from a copy, ANEW never does.
    Fetch(Function get, Function anew) : get_(std::move(get)), anew_(std::move(anew)) {}

    Result<std::string> operator()(const std::string& path) const { return get_(path); }
    /// What operator() gave may be a copy that is damaged.
    bool may_be_copy() const { return anew_ != nullptr; }
    /// From the log itself.
    Result<std::string> anew(const std::string& path) const { return anew_ ? anew_(path) : get_(path); }

private:
    Function get_;
    Function anew_;
};

/// READ(FETCH); once more from the log itself where what that read is false and may be a damaged copy.
template <class Read> auto read_authentic(const Fetch& fetch, const Read& read)
{
    auto first = read(fetch);
    if (first || first.error().kind != Kind::trust || !fetch.may_be_copy())
        return first;
    return read(Fetch([&fetch](const std::string& path) { return fetch.anew(path); }));
}

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
    Result<std::vector<std::string>> bundle_from(const Fetch& from, std::uint64_t number);
    explicit TileReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs
