// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/region.hpp"

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "sys/readable.hpp"

namespace albs::rpm {
namespace {

Result<HeaderHandle> import(const OpenPackage& package, std::int64_t from, std::int64_t to)
{
    ALBS_CHECK(library().initialize());
    Bytes bytes;
    ALBS_CHECK(read_range(package, from, to, [&](std::span<const std::uint8_t> piece) -> Status {
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        return {};
    }));
    constexpr std::size_t magic = 8;
    // librpm checks counts, offsets and types of every entry here.
    HeaderHandle header(
        headerImport(bytes.data() + magic, static_cast<unsigned>(bytes.size() - magic), HEADERIMPORT_COPY));
    if (!header)
        return fail(Kind::input,
                    format_text("'{}' is damaged: its header at byte {} cannot be read", package.path, from));
    return header;
}

} // namespace

Result<OpenPackage> open_package(const std::string& path)
{
    ALBS_TRY(Layout layout, read_layout(path));
    ALBS_TRY(sys::Fd file, sys::open_regular(path));
    return OpenPackage{path, std::move(file), layout};
}

Status read_range(const OpenPackage& package, std::int64_t from, std::int64_t to,
                  const std::function<Status(std::span<const std::uint8_t>)>& take)
{
    Bytes buffer(std::size_t{256} << 10);
    while (from < to) {
        auto want = std::min<std::int64_t>(to - from, static_cast<std::int64_t>(buffer.size()));
        ssize_t got = ::pread(package.file.get(), buffer.data(), static_cast<std::size_t>(want), from);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return sys::system_error("cannot read", package.path);
        if (got == 0)
            return fail(Kind::input, "'" + package.path + "' is cut short");
        ALBS_CHECK(take(std::span(buffer).first(static_cast<std::size_t>(got))));
        from += got;
    }
    return {};
}

Result<HeaderHandle> signature_header(const OpenPackage& package)
{
    // Without the padding to 8, of which the header knows nothing.
    ALBS_TRY(std::int64_t length, header_length(package.file.get(), package.layout.signature, package.path));
    return import(package, package.layout.signature, package.layout.signature + length);
}

Result<HeaderHandle> main_header(const OpenPackage& package)
{
    return import(package, package.layout.header, package.layout.payload);
}

Bytes tag_bytes(Header header, rpmTagVal tag)
{
    TagData data;
    if (headerGet(header, tag, data.get(), HEADERGET_DEFAULT) != 1 || rpmtdType(data.get()) != RPM_BIN_TYPE)
        return {};
    const auto* first = static_cast<const std::uint8_t*>(data.get()->data);
    return {first, first + data.get()->count}; // rpmtdCount() calls any number of bytes one
}

std::string tag_text(Header header, rpmTagVal tag)
{
    TagData data;
    if (headerGet(header, tag, data.get(), HEADERGET_DEFAULT) != 1 || rpmtdNext(data.get()) < 0)
        return {};
    const char* text = rpmtdGetString(data.get());
    return text == nullptr ? "" : text;
}

std::string tag_values(Header header, rpmTagVal tag)
{
    std::string all;
    TagData data;
    if (headerGet(header, tag, data.get(), HEADERGET_DEFAULT) != 1)
        return all;
    while (rpmtdNext(data.get()) >= 0) {
        char* text = rpmtdFormat(data.get(), RPMTD_FORMAT_STRING, nullptr);
        all += std::string(text == nullptr ? "" : text) + "\n";
        std::free(text);
    }
    return all;
}

std::int64_t tag_number(Header header, rpmTagVal tag)
{
    TagData data;
    if (headerGet(header, tag, data.get(), HEADERGET_DEFAULT) != 1 || rpmtdNext(data.get()) < 0)
        return 0;
    return static_cast<std::int64_t>(rpmtdGetNumber(data.get()));
}

} // namespace albs::rpm
