// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

constexpr std::string_view header_magic("albs journal 1\n\0", 16);
constexpr std::string_view frame_magic("frame\0\0\n", 8);
constexpr std::size_t boot_bytes = 36;
constexpr std::size_t header_size = 16 + 8 + Digest::size + boot_bytes + Digest::size;
constexpr std::size_t frame_head = 8 + 8 + 8 + 4;    // magic, length of the frame, first index, count
constexpr std::size_t frame_tail = 2 * Digest::size; // root, checksum
constexpr std::uint64_t max_frame = std::uint64_t{1} << 32;

void put(std::string& bytes, std::uint64_t value, int width)
{
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(value >> shift & 255);
}

std::uint64_t get(std::string_view bytes, std::size_t at, std::size_t width)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

tl::unexpected<Error> torn(std::string_view why)
{
    return fail(Kind::input, std::string(why));
}

// A length-prefixed text of a frame; fails past the end.
Result<std::string> take_text(std::string_view& bytes)
{
    if (bytes.size() < 4 || bytes.size() - 4 < get(bytes, 0, 4))
        return torn("a frame whose parts do not fit it");
    std::size_t size = get(bytes, 0, 4);
    std::string text(bytes.substr(4, size));
    bytes.remove_prefix(4 + size);
    return text;
}

std::string write_header(const JournalStart& start)
{
    std::string bytes(header_magic);
    put(bytes, start.size, 8);
    bytes += as_text(start.root.bytes());
    bytes += (start.boot + std::string(boot_bytes, ' ')).substr(0, boot_bytes);
    bytes += as_text(sha256(bytes).bytes());
    return bytes;
}

Result<JournalStart> read_header(std::string_view bytes)
{
    if (bytes.size() < header_size || !bytes.starts_with(header_magic))
        return torn("no journal");
    std::size_t summed = header_size - Digest::size;
    if (as_text(sha256(bytes.substr(0, summed)).bytes()) != bytes.substr(summed, Digest::size))
        return torn("the head of the journal is damaged");
    JournalStart start{.size = get(bytes, 16, 8), .root = {}, .boot = std::string(bytes.substr(56, boot_bytes))};
    ALBS_TRY(start.root, Digest::from_bytes(as_bytes(bytes.substr(24, Digest::size))));
    return start;
}

// A whole frame, whose checksum was right.
Result<Frame> parse_frame(std::string_view whole)
{
    Frame frame{.first = get(whole, 16, 8), .entries = {}, .root = {}};
    std::uint64_t count = get(whole, 24, 4);
    std::string_view body = whole.substr(frame_head, whole.size() - frame_head - frame_tail);
    for (std::uint64_t i = 0; i < count; ++i) {
        JournalEntry logged;
        ALBS_TRY(logged.entry, take_text(body));
        ALBS_TRY(logged.envelope, take_text(body));
        frame.entries.push_back(std::move(logged));
    }
    if (!body.empty() || frame.first > max_tree || frame.entries.empty())
        return torn("a frame whose parts do not fit it");
    ALBS_TRY(frame.root, Digest::from_bytes(as_bytes(whole.substr(whole.size() - frame_tail, Digest::size))));
    return frame;
}

tl::unexpected<Error> for_a_person(const std::string& path, const std::string& why)
{
    return fail(Kind::trust, "'" + path + "': " + why,
                "nothing was repaired; compare the ledger with a copy of it (albs-ledger(5), RECOVERY)");
}

} // namespace

std::string write_frame(const Frame& frame)
{
    std::size_t size = frame_head + frame_tail;
    for (const JournalEntry& logged : frame.entries)
        size += 8 + logged.entry.size() + logged.envelope.size();
    std::string bytes;
    bytes.reserve(size);
    bytes += frame_magic;
    put(bytes, size, 8);
    put(bytes, frame.first, 8);
    put(bytes, frame.entries.size(), 4);
    for (const JournalEntry& logged : frame.entries) {
        put(bytes, logged.entry.size(), 4);
        bytes += logged.entry;
        put(bytes, logged.envelope.size(), 4);
        bytes += logged.envelope;
    }
    bytes += as_text(frame.root.bytes());
    bytes += as_text(sha256(bytes).bytes());
    return bytes;
}

Result<Frame> take_frame(std::string_view& bytes)
{
    if (bytes.size() < frame_head + frame_tail || !bytes.starts_with(frame_magic))
        return torn("a frame without its beginning");
    std::uint64_t size = get(bytes, 8, 8);
    if (size < frame_head + frame_tail || size > max_frame || size > bytes.size())
        return torn("a frame that does not end");
    std::string_view whole = bytes.substr(0, size);
    if (as_text(sha256(whole.substr(0, size - Digest::size)).bytes()) != whole.substr(size - Digest::size))
        return torn("a frame with a wrong checksum");
    ALBS_TRY(Frame frame, parse_frame(whole));
    bytes.remove_prefix(size);
    return frame;
}

Result<JournalView> read_journal(std::string_view bytes)
{
    JournalView view;
    Result<JournalStart> start = read_header(bytes);
    if (!start)
        return fail(Kind::trust, start.error().message);
    view.start = *start;
    std::uint64_t size = start->size;
    std::string_view rest = bytes.substr(header_size);
    while (!rest.empty()) {
        std::string_view before = rest;
        Result<Frame> frame = take_frame(rest);
        if (!frame) {
            // Only the last frame can be torn: where its length is known, nothing may follow it.
            bool more_follows =
                before.size() >= 16 && before.starts_with(frame_magic) && get(before, 8, 8) < before.size();
            if (more_follows)
                return fail(Kind::trust, "damaged after entry " + std::to_string(size) + ": " + frame.error().message);
            rest = before;
            break;
        }
        if (frame->first != size)
            return fail(Kind::trust, "a frame that starts at entry " + std::to_string(frame->first) + " after " +
                                         std::to_string(size));
        size = frame->size_after();
        view.frames.push_back(std::move(*frame));
    }
    view.good_bytes = bytes.size() - rest.size();
    return view;
}

Status Journal::create(const std::string& path, const JournalStart& start)
{
    return sys::write_file(path, write_header(start), 0600);
}

Result<Journal> Journal::open(const std::string& path, std::uint64_t signed_size)
{
    Journal journal;
    journal.path_ = path;
    journal.file_ = sys::Fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!journal.file_)
        return sys::system_error("cannot open", path);
    if (struct stat status{}; ::fstat(journal.file_.get(), &status) == 0 && !S_ISREG(status.st_mode))
        return for_a_person(path, "is no regular file");
    ALBS_TRY(std::string bytes, sys::read_all(journal.file_.get(), path, max_journal_bytes));
    Result<JournalView> view = read_journal(bytes);
    if (!view)
        return for_a_person(path, view.error().message);
    journal.start_ = view->start;
    journal.size_ = view->frames.empty() ? view->start.size : view->frames.back().size_after();
    journal.root_ = view->frames.empty() ? view->start.root : view->frames.back().root;
    journal.frames_ = std::move(view->frames);
    journal.bytes_ = view->good_bytes;
    if (journal.size() < signed_size)
        return for_a_person(path, format_text("it ends at entry {}, but a checkpoint of {} entries was signed",
                                              journal.size(), signed_size));
    if (journal.bytes_ < bytes.size() && ::ftruncate(journal.file_.get(), static_cast<off_t>(journal.bytes_)) != 0)
        return sys::system_error("cannot cut the torn end of", path);
    return journal;
}

// The frame behind the ones before, which must be the bytes that were written.
Result<Frame> Journal::read_back(const std::string& written) const
{
    ALBS_TRY(std::string bytes, sys::read_at(file_.get(), bytes_, written.size(), path_));
    if (bytes != written)
        return fail(Kind::environment, "'" + path_ + "' does not give back what was written to it",
                    "look for errors of the disk or the memory");
    return parse_frame(bytes);
}

Result<Frame> Journal::append(const Frame& frame)
{
    if (frame.first != size_)
        return fail(Kind::internal, "a commit that does not start where the journal ends");
    std::string bytes = write_frame(frame);
    auto write = [&]() -> Result<Frame> {
        ALBS_CHECK(sys::write_all(file_.get(), bytes, path_));
        if (::fdatasync(file_.get()) != 0)
            return sys::system_error("cannot sync", path_);
        return read_back(bytes);
    };
    Result<Frame> read = write();
    if (!read) {
        (void)!::ftruncate(file_.get(), static_cast<off_t>(bytes_));
        return read;
    }
    bytes_ += bytes.size();
    size_ = frame.size_after();
    root_ = frame.root;
    return read;
}

// Written again, since a second fdatasync proves nothing: when the first one failed, and the process died before it cut
// the frame off, the kernel holds pages that it takes for clean and the disk does not have.
Status Journal::sync(std::uint64_t size)
{
    std::string tail;
    for (const Frame& frame : frames_)
        if (frame.size_after() > size)
            tail += write_frame(frame);
    if (tail.size() > bytes_)
        return fail(Kind::internal, "a journal that is shorter than its frames");
    // Through a descriptor of its own: one that appends would not heed the place.
    sys::Fd file(::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file || ::lseek(file.get(), static_cast<off_t>(bytes_ - tail.size()), SEEK_SET) < 0)
        return sys::system_error("cannot open", path_);
    ALBS_CHECK(sys::write_all(file.get(), tail, path_));
    if (::fdatasync(file.get()) != 0)
        return sys::system_error("cannot sync", path_);
    return {};
}

std::string boot_id()
{
    Result<std::string> id = sys::read_file("/proc/sys/kernel/random/boot_id", 100);
    return id && id->size() >= boot_bytes ? id->substr(0, boot_bytes) : "unknown";
}

} // namespace albs
