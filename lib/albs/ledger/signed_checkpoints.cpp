// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/signed_checkpoints.hpp"

#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

struct Record {
    std::uint64_t size = 0;
    std::string_view note;
    std::size_t bytes = 0; // 0: torn
};

Record first_record(std::string_view text)
{
    Record record;
    std::uint64_t length = 0;
    const char* end = text.data() + text.size();
    auto size_end = std::from_chars(text.data(), end, record.size);
    if (size_end.ec != std::errc() || size_end.ptr == end || *size_end.ptr != ' ')
        return {};
    auto length_end = std::from_chars(size_end.ptr + 1, end, length);
    if (length_end.ec != std::errc() || length_end.ptr == end || *length_end.ptr != '\n')
        return {};
    auto head = static_cast<std::size_t>(length_end.ptr + 1 - text.data());
    if (length > text.size() - head)
        return {};
    record.note = text.substr(head, length);
    if (record.note.find('\0') != std::string_view::npos)
        return {}; // its block never came to the disk before a power cut
    record.bytes = head + length;
    return record;
}

// At most limit bytes from there; nothing when there is no file.
Result<std::string> read_from(const std::string& path, std::uint64_t offset, std::size_t limit)
{
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file && errno == ENOENT)
        return std::string();
    if (!file)
        return sys::system_error("cannot open", path);
    if (struct stat status{}; ::fstat(file.get(), &status) == 0 && !S_ISREG(status.st_mode))
        return fail(Kind::trust, "'" + path + "' is no regular file");
    return sys::read_at(file.get(), offset, limit, path);
}

} // namespace

Status CheckpointHistory::scan(std::uint64_t from,
                               const std::function<Status(std::uint64_t size, std::uint64_t offset)>& record)
{
    constexpr std::size_t piece = std::size_t{1} << 20;
    end_ = from;
    while (true) {
        ALBS_TRY(std::string text, read_from(path_, end_, piece));
        std::string_view rest = text;
        std::uint64_t start = end_;
        for (Record next = first_record(rest); next.bytes > 0; next = first_record(rest)) {
            ALBS_CHECK(record(next.size, end_));
            end_ += next.bytes;
            size_ = next.size;
            rest.remove_prefix(next.bytes);
        }
        if (end_ == start || text.size() < piece)
            return {};
    }
}

Result<std::string> CheckpointHistory::read(std::uint64_t offset) const
{
    ALBS_TRY(std::string text, read_from(path_, offset, 4096));
    Record record = first_record(text);
    if (record.bytes == 0 && text.size() == 4096) { // a note with many signatures
        ALBS_TRY(text, read_from(path_, offset, std::size_t{1} << 20));
        record = first_record(text);
    }
    if (record.bytes == 0)
        return fail(Kind::input, format_text("no checkpoint at {} in '{}'", offset, path_));
    return std::string(record.note);
}

Status CheckpointHistory::append(std::uint64_t size, const std::string& note)
{
    if (!file_) {
        file_ = sys::Fd(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
        if (!file_)
            return sys::system_error("cannot open", path_);
        if (::ftruncate(file_.get(), static_cast<off_t>(end_)) != 0 ||
            ::lseek(file_.get(), static_cast<off_t>(end_), SEEK_SET) < 0) {
            file_ = {};
            return sys::system_error("cannot extend", path_);
        }
    }
    std::string record = format_text("{} {}\n{}", size, note.size(), note);
    Status written = sys::write_all(file_.get(), record, path_);
    if (!written) {
        file_ = {}; // opened and cut anew, should there be another attempt
        return written;
    }
    end_ += record.size();
    size_ = size;
    return {};
}

} // namespace albs
