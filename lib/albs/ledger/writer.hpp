// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what frames add to the public side of a log, bundles, tiles and attestations, when it is asked for. Doing it
// twice does no harm, so an interrupted commit is finished by doing it again.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "albs/ledger/journal.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/tile.hpp"

namespace albs {

class LogWriter {
public:
    /// Starts at the size and root of a verified log: its right edge is read and checked.
    static Result<LogWriter> at(std::string directory, std::uint64_t size, const Digest& root);

    std::uint64_t size() const { return range_.size(); }
    Digest root() const { return range_.root(); }
    /// The root with these entries, without writing.
    Digest root_with(const std::vector<JournalEntry>& entries) const;
    /// Kind::input when there is no room for the statements of these entries beside the others of their bundles.
    Status check_room(const std::vector<JournalEntry>& entries) const;
    /// Kind::trust when the frame's root is not what its entries give; Kind::input for an entry that fits no bundle.
    Status add(const Frame& frame);
    /// Writes what was added since the last time: tiles and bundles, those at the end of the log partial, attestations.
    Status flush();
    /// The log's size at the last flush(), or at the start.
    std::uint64_t flushed() const { return flushed_; }
    /// The log as it is after flush(): what is not written and its last tiles come from here, everything else from the
    /// directory. Only while this writer lives and stays where it is.
    Fetch fetch() const;
    /// Reads back everything from entry first on, as any verifier would, and checks it against the root.
    Result<TileReader> read_back(std::uint64_t first) const;
    /// Removes the partial tiles and bundles that full ones have replaced since entry first. Failing is harmless.
    void remove_partials(std::uint64_t first) const;
    /// fsyncs everything that was written since entry first.
    Status sync(std::uint64_t first) const;

private:
    Status write_attestations();
    Status append_attestations(std::uint64_t first, const std::string& text);
    bool changed_since_flush(unsigned level) const { return size() >> (8 * level) != flushed_ >> (8 * level); }
    Status add_leaf(const std::string& entry);
    void write_later(unsigned level, std::uint64_t number, const std::vector<Digest>& tile);
    std::vector<TilePath> paths_since(std::uint64_t first) const;

    std::string directory_;
    CompactRange range_;
    std::uint64_t flushed_ = 0;
    std::map<std::string, std::string> unwritten_; // full tiles and bundles since then: paths in the log, bytes
    std::vector<std::string> attestations_;        // of the entries since then
    std::string attestation_file_;                 // the last one written to, and how long it is
    std::uint64_t attestation_bytes_ = 0;
    std::vector<std::string> bundle_;          // the entries of the last, partial bundle
    std::vector<std::vector<Digest>> partial_; // of each level, the hashes of its last, partial tile
};

} // namespace albs
