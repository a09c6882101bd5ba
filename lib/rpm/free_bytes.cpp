// SPDX-License-Identifier: GPL-3.0-or-later
// Lead and signature header are covered by no signature. What has a meaning there is read by others; here is what has
// none, where something could be carried along that nobody sees.
#include <algorithm>
#include <rpm/rpmtag.h>

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/region.hpp"

namespace albs::rpm {
namespace {

constexpr std::size_t name_start = 10; ///< of the lead: magic, version, type and architecture are before it
constexpr std::size_t name_end = 76;
constexpr std::size_t reserved_start = 80;
constexpr std::size_t lead_size = 96;
constexpr std::size_t magic_size = 4; ///< of a header, before four bytes that are reserved

bool has_other_than_zero(std::span<const std::uint8_t> bytes)
{
    return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
}

} // namespace

Result<std::vector<std::string>> Library::used_free_bytes(const std::string& path) const
{
    ALBS_TRY(OpenPackage package, open_package(path));
    Bytes head;
    ALBS_CHECK(read_range(package, 0, package.layout.header, [&](std::span<const std::uint8_t> piece) -> Status {
        head.insert(head.end(), piece.begin(), piece.end());
        return {};
    }));
    ALBS_TRY(std::int64_t length, header_length(package.file.get(), package.layout.signature, path));
    ALBS_TRY(HeaderHandle signature, signature_header(package));
    const std::span<const std::uint8_t> all(head);
    const std::span<const std::uint8_t> name = all.subspan(name_start, name_end - name_start);
    const auto end = static_cast<std::size_t>(std::find(name.begin(), name.end(), 0) - name.begin());
    std::vector<std::string> found;
    auto look = [&](const char* what, std::span<const std::uint8_t> bytes) {
        if (has_other_than_zero(bytes))
            found.push_back(format_text("{} bytes that are free are not zero: {}", bytes.size(), what));
    };
    look("the lead behind the name", name.subspan(end));
    look("the end of the lead", all.subspan(reserved_start, lead_size - reserved_start));
    look("the start of the signature header", all.subspan(lead_size + magic_size, 4));
    look("the padding of the signature header", all.subspan(lead_size + static_cast<std::size_t>(length)));
    const Bytes room = tag_bytes(signature.get(), RPMSIGTAG_RESERVEDSPACE);
    look("the room for signatures", room);
    return found;
}

} // namespace albs::rpm
