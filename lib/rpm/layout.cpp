// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a package file lie: lead (96 bytes), signature header padded to 8, main header, payload.
// LSB Core "Package File Format"; a header is magic, 4 reserved bytes, count and size of its store, big-endian.
#include <array>
#include <sys/stat.h>

#include "rpm/package.hpp"
#include "sys/readable.hpp"

namespace albs::rpm {

Result<std::int64_t> header_length(int fd, std::int64_t offset, const std::string& path)
{
    std::array<unsigned char, 16> intro{};
    static constexpr std::array<unsigned char, 4> magic = {0x8e, 0xad, 0xe8, 0x01};
    if (::pread(fd, intro.data(), intro.size(), offset) != 16 || !std::equal(magic.begin(), magic.end(), intro.begin()))
        return fail(Kind::input, "'" + path + "' is not an RPM package: no header at byte " + std::to_string(offset));
    auto number = [&](std::size_t at) {
        return std::int64_t{intro[at]} << 24 | std::int64_t{intro[at + 1]} << 16 | std::int64_t{intro[at + 2]} << 8 |
               std::int64_t{intro[at + 3]};
    };
    return 16 + number(8) * 16 + number(12);
}

Result<Layout> read_layout(const std::string& path)
{
    ALBS_TRY(sys::Fd file, sys::open_regular(path));
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return sys::system_error("cannot read", path);
    Layout layout;
    layout.size = status.st_size;
    ALBS_TRY(std::int64_t signature, header_length(file.get(), layout.signature, path));
    layout.header = layout.signature + (signature + 7) / 8 * 8;
    ALBS_TRY(std::int64_t header, header_length(file.get(), layout.header, path));
    layout.payload = layout.header + header;
    if (layout.payload > layout.size)
        return fail(Kind::input, "'" + path + "' is cut short: its header ends behind its end");
    return layout;
}

} // namespace albs::rpm
