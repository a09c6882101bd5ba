// SPDX-License-Identifier: GPL-3.0-or-later
// The journal of a ledger: checksummed frames, one for each commit. A commit is done when its frame is on disk;
// everything else in the log can be made again from here.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs {

/// One entry of the log with the envelope that lives beside it.
struct JournalEntry {
    std::string entry;    ///< the leaf's bytes
    std::string envelope; ///< one line of JSON, or empty when it is withheld
};

struct Frame {
    std::uint64_t first = 0; ///< index of the first entry
    std::vector<JournalEntry> entries;
    Digest root; ///< of the tree with these entries
    std::uint64_t size_after() const { return first + entries.size(); }
};

std::string write_frame(const Frame& frame);
/// Reads the frame at the front of bytes and takes it off. Kind::input when the bytes end before the frame does or
/// its checksum is wrong.
Result<Frame> take_frame(std::string_view& bytes);

/// Where the journal starts: the log as it was when the frames before were put away.
struct JournalStart {
    std::uint64_t size = 0;
    Digest root;
    std::string boot; ///< boot id: what was written without fsync is only there while the machine stays up
};

/// A journal as it is on disk, read without touching it; a torn frame at its end is left out.
struct JournalView {
    JournalStart start;
    std::vector<Frame> frames;
    std::size_t good_bytes = 0; ///< up to the end of the last whole frame
};
/// Kind::trust when its head, or a frame that is not the last, is damaged.
Result<JournalView> read_journal(std::string_view bytes);

/// The most bytes of a journal: 8 MiB, and what one commit adds.
constexpr std::size_t max_journal_bytes = std::size_t{1} << 32;

class Journal {
public:
    /// A new one, without frames, in the place of any old one.
    static Status create(const std::string& path, const JournalStart& start);
    /// Reads all frames. signed_size: of the last checkpoint that left the process. A torn frame at the end that was
    /// never signed is cut; any other damage is Kind::trust.
    static Result<Journal> open(const std::string& path, std::uint64_t signed_size);

    const JournalStart& start() const { return start_; }
    const std::vector<Frame>& frames() const { return frames_; }
    std::uint64_t bytes() const { return bytes_; }
    std::uint64_t size() const { return size_; }
    const Digest& root() const { return root_; }
    /// Forgets the frames that were read; the file keeps them.
    void drop_frames() { frames_.clear(); }

    /// Writes the frame and fdatasyncs: the commit point. Gives it as it was read back. On an error the frame is cut
    /// off again, so that a later reader does not take what may not be on disk.
    Result<Frame> append(const Frame& frame);
    /// Before anything that an interrupted append left is used: writes the frames past size again, in their place,
    /// and fdatasyncs. Only before drop_frames(). Nothing past size may have been signed.
    Status sync(std::uint64_t size);

private:
    Result<Frame> read_back(const std::string& written) const;

    std::string path_;
    sys::Fd file_;
    JournalStart start_;
    std::vector<Frame> frames_;
    std::uint64_t bytes_ = 0;
    std::uint64_t size_ = 0;
    Digest root_;
};

/// The kernel's boot id, or "unknown".
std::string boot_id();

} // namespace albs
