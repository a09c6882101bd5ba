// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what a frame adds to the public side of a log: bundles, tiles, attestations. Doing it twice does no harm, so
// an interrupted commit is finished by doing it again.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "albs/journal.hpp"
#include "albs/merkle.hpp"
#include "albs/tile.hpp"

namespace albs {

class LogWriter {
public:
    /// Starts at the size and root of a verified log: its right edge is read and checked.
    static Result<LogWriter> at(std::string directory, std::uint64_t size, const Digest& root);

    std::uint64_t size() const { return range_.size(); }
    Digest root() const { return range_.root(); }
    /// The root with these entries, without writing.
    Digest root_with(const std::vector<Logged>& entries) const;
    /// Kind::trust when the frame's root is not what its entries give.
    Status write(const Frame& frame);
    /// Reads back everything from entry first on, as a stranger would, and checks it against the root.
    Result<TileReader> read_back(std::uint64_t first) const;
    /// Removes the partial tiles and bundles that full ones have replaced since entry first. Failing is harmless.
    void remove_partials(std::uint64_t first) const;
    /// fsyncs everything that was written since entry first.
    Status sync(std::uint64_t first) const;

private:
    Status write_resource(const TilePath& path, std::string_view bytes) const;
    Status write_tile(unsigned level, std::uint64_t number, const std::vector<Digest>& hashes) const;
    Status write_attestations(std::uint64_t first, const std::vector<Logged>& entries) const;
    void add_leaf(const std::string& entry, Status& status);
    std::vector<TilePath> paths_since(std::uint64_t first) const;

    std::string directory_;
    CompactRange range_;
    std::vector<std::string> bundle_;          // the entries of the last, partial bundle
    std::vector<std::vector<Digest>> partial_; // of each level, the hashes of its last, partial tile
};

} // namespace albs
