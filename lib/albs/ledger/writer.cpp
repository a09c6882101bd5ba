// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/writer.hpp"

#include <algorithm>
#include <filesystem>

#include "albs/log/directory.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

constexpr std::size_t syncs_at_once = 8;

std::string tile_bytes(const std::vector<Digest>& hashes)
{
    std::string bytes;
    bytes.reserve(hashes.size() * Digest::size);
    for (const Digest& hash : hashes)
        bytes += as_text(hash.bytes());
    return bytes;
}

/// The statements of a bundle with those of TEXT from line FIRST on; what stands behind them stays.
std::string with_lines(const std::string& old, std::uint64_t first, const std::string& text)
{
    std::vector<std::string> lines = split_lines(text);
    auto count_old = static_cast<std::uint64_t>(std::count(old.begin(), old.end(), '\n'));
    std::vector<std::string> all = attestation_lines(old, std::max(count_old, first + lines.size()));
    std::move(lines.begin(), lines.end(), all.begin() + static_cast<std::ptrdiff_t>(first));
    std::string whole;
    for (const std::string& line : all)
        whole += line + "\n";
    return whole;
}

} // namespace

Result<LogWriter> LogWriter::at(std::string directory, std::uint64_t size, const Digest& root)
{
    LogWriter writer;
    ALBS_TRY(TileReader reader, TileReader::open(fetch_from_directory(directory), size, root));
    ALBS_TRY(writer.range_, reader.right_edge());
    if (size % tile_width != 0) {
        ALBS_TRY(writer.bundle_, reader.bundle(size / tile_width));
    }
    writer.partial_.resize(max_tile_level + 1);
    for (unsigned level = 0; level <= max_tile_level; ++level) {
        std::uint64_t hashes = size >> (8 * level);
        for (std::uint64_t i = hashes / tile_width * tile_width; i < hashes; ++i) {
            ALBS_TRY(Digest hash, reader.node(NodeId{8 * level, i}));
            writer.partial_[level].push_back(hash);
        }
    }
    writer.directory_ = std::move(directory);
    writer.flushed_ = size;
    return writer;
}

Digest LogWriter::root_with(const std::vector<JournalEntry>& entries) const
{
    CompactRange range = range_;
    for (const JournalEntry& logged : entries)
        range.append(leaf_hash(logged.entry));
    return range.root();
}

Status LogWriter::check_room(const std::vector<JournalEntry>& entries) const
{
    std::uint64_t number = size() / tile_width;
    std::error_code none;
    std::uintmax_t published = std::filesystem::file_size(directory_ + "/" + attestations_path(number), none);
    std::uint64_t bytes = none || flushed_ / tile_width != number ? 0 : published;
    for (std::uint64_t i = std::max(flushed_, number * tile_width); i < size(); ++i)
        bytes += attestations_[i - flushed_].size() + 1;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if ((size() + i) % tile_width == 0)
            bytes = 0;
        bytes += entries[i].envelope.size() + 1;
        if (bytes > max_statements_bytes)
            return fail(
                Kind::input,
                format_text("the statements of 256 entries would be more than {} MiB, which a ledger cannot hold",
                            max_statements_bytes >> 20));
    }
    return {};
}

void LogWriter::write_later(unsigned level, std::uint64_t number, const std::vector<Digest>& tile)
{
    unwritten_[TilePath{.level = level, .number = number, .width = tile.size()}.text()] = tile_bytes(tile);
}

Status LogWriter::add_leaf(const std::string& entry)
{
    std::uint64_t number = range_.size() / tile_width;
    bundle_.push_back(entry);
    auto sink = [&](NodeId id, const Digest& hash) {
        if (id.level % 8 != 0)
            return;
        std::vector<Digest>& tile = partial_[id.level / 8];
        tile.push_back(hash);
        if (tile.size() < tile_width)
            return;
        write_later(id.level / 8, id.index / tile_width, tile);
        tile.clear();
    };
    range_.append(leaf_hash(entry), sink);
    if (bundle_.size() < tile_width)
        return {};
    TilePath full{.entries = true, .number = number};
    ALBS_TRY(unwritten_[full.text()], write_bundle(bundle_));
    bundle_.clear();
    return {};
}

Status LogWriter::add(const Frame& frame)
{
    if (frame.first != size())
        return fail(Kind::internal, "a commit that does not start where the log ends");
    for (const JournalEntry& logged : frame.entries) {
        ALBS_CHECK(add_leaf(logged.entry));
        attestations_.push_back(logged.envelope);
    }
    if (root() != frame.root)
        return fail(Kind::trust, "the entries of a commit do not have the root that its journal frame says");
    return {};
}

Status LogWriter::flush()
{
    if (!bundle_.empty() && changed_since_flush(0)) {
        TilePath last{.entries = true, .number = size() / tile_width, .width = bundle_.size()};
        ALBS_TRY(unwritten_[last.text()], write_bundle(bundle_));
    }
    for (unsigned level = 0; level < partial_.size(); ++level)
        if (!partial_[level].empty() && changed_since_flush(level))
            write_later(level, (size() >> (8 * level)) / tile_width, partial_[level]);
    std::vector<const std::pair<const std::string, std::string>*> files;
    for (const auto& file : unwritten_)
        files.push_back(&file);
    ALBS_CHECK(sys::try_in_parallel(files.size(), 1, sys::cores(), [&](std::size_t i) {
        return sys::replace_file(directory_ + "/" + files[i]->first, files[i]->second);
    }));
    ALBS_CHECK(write_attestations());
    unwritten_.clear();
    flushed_ = size();
    return {};
}

Fetch LogWriter::fetch() const
{
    return [this, directory = fetch_from_directory(directory_)](const std::string& path) -> Result<std::string> {
        if (auto found = unwritten_.find(path); found != unwritten_.end())
            return found->second;
        for (unsigned level = 0; level < partial_.size() && size() >> (8 * level) > 0; ++level) {
            TilePath last{
                .level = level, .number = (size() >> (8 * level)) / tile_width, .width = partial_[level].size()};
            if (last.width > 0 && last.text() == path)
                return tile_bytes(partial_[level]);
        }
        return directory(path);
    };
}

Status LogWriter::write_attestations()
{
    for (std::size_t done = 0; done < attestations_.size();) {
        std::uint64_t first = flushed_ + done;
        std::string text;
        for (; done < attestations_.size() && (flushed_ + done) / tile_width == first / tile_width; ++done)
            text += attestations_[done] + "\n";
        Status written = append_attestations(first, text);
        if (!written) {
            attestation_file_.clear(); // the next attempt reads what is there
            return written;
        }
    }
    attestations_.clear();
    return {};
}

// Appends in place where the file ends: after a power cut the lines that were synced are still there, and the rest
// comes again from the journal. What is there already is never cut: somebody reads it, and a revocation may be in it.
Status LogWriter::append_attestations(std::uint64_t first, const std::string& text)
{
    std::string path = directory_ + "/" + attestations_path(first / tile_width);
    if (path == attestation_file_) {
        ALBS_CHECK(sys::write_at(path, attestation_bytes_, text));
        attestation_bytes_ += text.size();
        return {};
    }
    std::string old;
    if (sys::exists(path)) {
        ALBS_TRY(old, sys::read_file(path));
    }
    std::string whole = with_lines(old, first % tile_width, text);
    if (old.empty() || !whole.starts_with(old))
        ALBS_CHECK(sys::replace_file(path, whole));
    else if (whole.size() > old.size())
        ALBS_CHECK(sys::write_at(path, old.size(), std::string_view(whole).substr(old.size())));
    // Behind what an interrupted run wrote, the next lines do not go to the end of the file.
    bool is_last = whole.ends_with(text);
    attestation_file_ = is_last ? path : "";
    attestation_bytes_ = whole.size();
    return {};
}

Result<TileReader> LogWriter::read_back(std::uint64_t first) const
{
    ALBS_TRY(TileReader reader, TileReader::open(fetch_from_directory(directory_), size(), root()));
    for (std::uint64_t number = first / tile_width; number * tile_width < size(); ++number)
        ALBS_CHECK(reader.bundle(number));
    return reader;
}

std::vector<TilePath> LogWriter::paths_since(std::uint64_t first) const
{
    std::vector<TilePath> paths;
    for (std::uint64_t number = first / tile_width; number * tile_width < size(); ++number)
        paths.push_back({.entries = true, .number = number, .width = tile_width_at(0, number, size())});
    for (unsigned level = 0; level <= max_tile_level && (size() >> (8 * level)) > 0; ++level)
        for (std::uint64_t number = (first >> (8 * level)) / tile_width; tile_width_at(level, number, size()) > 0;
             ++number)
            paths.push_back({.level = level, .number = number, .width = tile_width_at(level, number, size())});
    return paths;
}

void LogWriter::remove_partials(std::uint64_t first) const
{
    for (const TilePath& path : paths_since(first))
        if (path.width == tile_width) {
            std::error_code ignored;
            std::filesystem::remove_all(directory_ + "/" + path.text() + ".p", ignored);
        }
}

Status LogWriter::sync(std::uint64_t first) const
{
    std::set<std::string> paths;
    for (const TilePath& path : paths_since(first))
        paths.insert(directory_ + "/" + path.text());
    for (std::uint64_t number = first / tile_width; number * tile_width < size(); ++number)
        if (std::string path = directory_ + "/" + attestations_path(number); sys::exists(path))
            paths.insert(path);
    std::set<std::string> directories;
    for (const std::string& path : paths)
        for (std::string up = sys::directory_name(path); up.size() >= directory_.size(); up = sys::directory_name(up))
            directories.insert(up);
    // Each waits for the disk; those that wait at the same time share the wait.
    std::vector<std::string> files(paths.begin(), paths.end());
    ALBS_CHECK(
        sys::try_in_parallel(files.size(), 1, syncs_at_once, [&](std::size_t i) { return sys::sync_file(files[i]); }));
    for (const std::string& directory : directories)
        ALBS_CHECK(sys::sync_directory(directory));
    return {};
}

} // namespace albs
