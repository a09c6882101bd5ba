// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a package without librpm, once its header is known.
#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

#include "base/format.hpp"
#include "rpm/package.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::rpm {

Status check_payload(const std::string& path, const RpmInfo& info)
{
    if (!info.payload_sha256)
        return {};
    ALBS_TRY(Layout layout, read_layout(path));
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::lseek(file.get(), layout.payload, SEEK_SET) < 0)
        return sys::system_error("cannot read", path);
    Hasher hasher;
    ALBS_CHECK(sys::read_pieces(file.get(), path, [&](std::string_view piece) -> Status {
        hasher.update(piece);
        return {};
    }));
    std::string got = hasher.finish_hex();
    if (got != *info.payload_sha256)
        return fail(Kind::trust,
                    format_text("the payload of '{}' is not what its header says: wanted sha256 {}, got {}",
                                sys::base_name(path), *info.payload_sha256, got));
    return {};
}

std::optional<std::int64_t> changelog_time(const Package& package)
{
    constexpr std::int64_t day = 86400;
    std::int64_t time = package.changelog.empty() ? 0 : package.changelog.front().time;
    if (time <= 0)
        return std::nullopt;
    // rpm takes a date without a time for noon, which may be later than the build; rpm then goes back to midnight.
    return time % day == day / 2 ? time - day / 2 : time;
}

bool is_left_out(const File& file)
{
    constexpr std::uint32_t ghost = 1U << 6; // RPMFILE_GHOST
    return file.digest.empty() && (file.flags & ghost) != 0;
}

std::string source_file_name(const Package& package)
{
    const RpmInfo& info = package.info;
    bool is_whole = std::none_of(package.files.begin(), package.files.end(), is_left_out);
    return format_text("{}-{}-{}.{}.rpm", info.name, info.version, info.release, is_whole ? "src" : "nosrc");
}

} // namespace albs::rpm
