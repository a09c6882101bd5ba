// SPDX-License-Identifier: GPL-3.0-or-later
// Records of 48 bytes, sorted by size: size (8 bytes, big endian), root (32), the first 8 bytes of the SHA-256 of
// these. The last are for what a power cut leaves: half a record must not be taken for another root.
#include "albs/log/seen_sizes.hpp"

#include <cerrno>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>

#include "base/bytes.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

constexpr std::size_t size_bytes = 8;
constexpr std::size_t checked_bytes = size_bytes + Digest::size;
constexpr std::size_t check_bytes = 8;
constexpr std::size_t record_bytes = checked_bytes + check_bytes;
constexpr std::uint64_t max_damaged = 1024; // records that a power cut may spoil

std::string record_of(std::uint64_t size, const Digest& root)
{
    std::string record;
    for (std::size_t i = size_bytes; i-- > 0;)
        record += static_cast<char>(size >> (8 * i) & 0xff);
    record += as_text(root.bytes());
    const Digest check = sha256(record);
    record += as_text(check.bytes().first<check_bytes>());
    return record;
}

struct Seen {
    std::uint64_t size = 0;
    std::optional<Digest> root; ///< none where the record is damaged
};

Result<Seen> read_record(int fd, std::uint64_t at, const std::string& path)
{
    ALBS_TRY(std::string record, sys::read_at(fd, at * record_bytes, record_bytes, path));
    Seen seen;
    if (record.size() != record_bytes)
        return seen;
    for (std::size_t i = 0; i < size_bytes; ++i)
        seen.size = seen.size << 8 | static_cast<std::uint8_t>(record[i]);
    ALBS_TRY(Digest root, Digest::from_bytes(as_bytes(std::string_view(record).substr(size_bytes, Digest::size))));
    if (record_of(seen.size, root) == record)
        seen.root = root;
    return seen;
}

struct SeenFile {
    sys::Fd fd; ///< none when there is no file
    std::uint64_t records = 0;
};

Result<SeenFile> open_seen(const std::string& path, int flags)
{
    SeenFile file;
    file.fd = sys::Fd(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0644));
    if (!file.fd && errno == ENOENT)
        return file;
    struct stat status {};
    if (!file.fd || ::fstat(file.fd.get(), &status) != 0)
        return sys::system_error("cannot open", path);
    if (S_ISREG(status.st_mode))
        file.records = static_cast<std::uint64_t>(status.st_size) / record_bytes;
    return file;
}

} // namespace

Status note_seen(const std::string& path, const Checkpoint& checkpoint)
{
    ALBS_TRY(SeenFile file, open_seen(path, O_RDWR | O_CREAT));
    const std::uint64_t looked_at = file.records > max_damaged ? file.records - max_damaged : 0;
    for (; file.records > looked_at; --file.records) { // what is damaged at the end is written over
        ALBS_TRY(Seen last, read_record(file.fd.get(), file.records - 1, path));
        if (last.root && last.size >= checkpoint.size)
            return {};
        if (last.root)
            break;
    }
    if (looked_at > 0 && file.records == looked_at) // damaged as a whole
        file.records = 0;
    return sys::write_at(path, file.records * record_bytes, record_of(checkpoint.size, checkpoint.root));
}

Status add_seen(const std::string& path, const std::vector<Checkpoint>& checkpoints)
{
    std::map<std::uint64_t, Digest> all;
    {
        ALBS_TRY(SeenFile file, open_seen(path, O_RDONLY));
        for (std::uint64_t at = 0; at < file.records; ++at) {
            ALBS_TRY(Seen seen, read_record(file.fd.get(), at, path));
            if (seen.root)
                all.emplace(seen.size, *seen.root);
        }
    }
    bool is_news = false;
    for (const Checkpoint& one : checkpoints)
        is_news = all.emplace(one.size, one.root).second || is_news;
    if (!is_news)
        return {};
    std::string text;
    for (const auto& [size, root] : all)
        text += record_of(size, root);
    return sys::replace_file(path, text);
}

Result<std::optional<Digest>> seen_root(const std::string& path, std::uint64_t size)
{
    ALBS_TRY(SeenFile file, open_seen(path, O_RDONLY));
    std::uint64_t first = 0;
    std::uint64_t end = file.records;
    while (first < end) {
        const std::uint64_t middle = first + (end - first) / 2;
        ALBS_TRY(Seen seen, read_record(file.fd.get(), middle, path));
        if (seen.size == size)
            return seen.root;
        if (seen.size < size)
            first = middle + 1;
        else
            end = middle;
    }
    return std::optional<Digest>();
}

} // namespace albs
