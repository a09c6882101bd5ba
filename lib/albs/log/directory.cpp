// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs {

std::size_t max_resource_bytes(const std::string& path)
{
    constexpr std::size_t max_entry_with_length = 2 + 0xffff;
    if (path.starts_with("tile/entries/"))
        return tile_width * max_entry_with_length;
    if (path.starts_with("tile/"))
        return tile_width * Digest::size;
    if (path.starts_with("attestations/"))
        return max_statements_bytes;
    return std::size_t{1} << 20;
}

Result<std::string> read_log_file(const std::string& path, std::size_t limit)
{
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file && (errno == ENOENT || errno == ENOTDIR))
        return fail(Kind::input, "there is no '" + path + "'");
    struct stat status {};
    if ((!file && (errno == ELOOP || errno == ENXIO)) ||
        (file && ::fstat(file.get(), &status) == 0 && !S_ISREG(status.st_mode)))
        return fail(Kind::trust, "'" + path + "' is no regular file");
    if (!file)
        return sys::system_error("cannot open", path);
    if (status.st_size > static_cast<off_t>(limit))
        return fail(Kind::trust,
                    format_text("'{}' has {} bytes; a log has at most {} there", path, status.st_size, limit));
    return sys::read_all(file.get(), path, limit);
}

Fetch fetch_from_directory(std::string directory)
{
    return [directory = std::move(directory)](const std::string& path) -> Result<std::string> {
        Result<std::string> bytes = read_log_file(directory + "/" + path, max_resource_bytes(path));
        if (!bytes && bytes.error().kind == Kind::input)
            return fail(Kind::input, "the log has no '" + path + "'");
        return bytes;
    };
}

std::string attestations_path(std::uint64_t number)
{
    return "attestations/" + grouped_number(number) + ".intoto.jsonl";
}

std::vector<std::string> attestation_lines(std::string_view text, std::uint64_t count)
{
    std::vector<std::string> lines;
    while (lines.size() < count) {
        std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            break;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    lines.resize(count);
    return lines;
}

} // namespace albs
