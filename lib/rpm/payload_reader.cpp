// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/payload_reader.hpp"

#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <vector>

#include <rpm/rpmarchive.h> // after rpmfi.h, which it does not include

#include "base/format.hpp"
#include "rpm/library.hpp"

namespace albs::rpm {
namespace {

using Files = std::unique_ptr<std::remove_pointer_t<rpmfiles>, Releaser<rpmfilesFree>>;
using Archive = std::unique_ptr<std::remove_pointer_t<rpmfi>, Releaser<rpmfiFree>>;

/// A payload that is read from its first file on.
struct Payload {
    Files files;
    Stream stream;
    Archive archive;
};

Result<Payload> open_payload(const OpenPackage& package, Header header)
{
    const std::string compressor = tag_text(header, RPMTAG_PAYLOADCOMPRESSOR);
    const std::string mode = format_text("r.{}", compressor.empty() ? "gzip" : compressor);
    Payload payload;
    payload.stream.reset(Fopen(package.path.c_str(), "r.ufdio"));
    if (!payload.stream || Fseek(payload.stream.get(), package.layout.payload, SEEK_SET) < 0)
        return sys::system_error("cannot read", package.path);
    payload.stream.reset(Fdopen(payload.stream.release(), mode.c_str()));
    if (!payload.stream)
        return fail(Kind::environment,
                    format_text("cannot read the payload of '{}': rpm cannot decompress {}", package.path, compressor));
    payload.files.reset(rpmfilesNew(nullptr, header, 0, RPMFI_KEEPHEADER));
    payload.archive.reset(rpmfiNewArchiveReader(payload.stream.get(), payload.files.get(), RPMFI_ITER_READ_ARCHIVE));
    if (!payload.archive)
        return fail(Kind::input, "'" + package.path + "' is damaged: its payload cannot be read");
    return payload;
}

class ArchiveFile : public FileReader {
public:
    ArchiveFile(const OpenPackage& package, rpmfi archive, std::vector<char>& buffer)
        : package_(package), archive_(archive), buffer_(buffer),
          left_(static_cast<std::int64_t>(rpmfiFSize(archive)))
    {
    }
    Result<std::string_view> next() const override
    {
        const auto wanted = static_cast<std::size_t>(std::min<std::int64_t>(left_, std::ssize(buffer_)));
        if (wanted == 0)
            return std::string_view();
        if (rpmfiArchiveRead(archive_, buffer_.data(), wanted) != static_cast<ssize_t>(wanted))
            return fail(Kind::input,
                        format_text("'{}' is damaged: '{}' cannot be read", package_.path, rpmfiFN(archive_)));
        left_ -= static_cast<std::int64_t>(wanted);
        return std::string_view(buffer_.data(), wanted);
    }
    std::int64_t size() const override { return static_cast<std::int64_t>(rpmfiFSize(archive_)); }

private:
    const OpenPackage& package_;
    rpmfi archive_;
    std::vector<char>& buffer_;
    mutable std::int64_t left_;
};

} // namespace

Status read_payload(const OpenPackage& package, Header header, const TakeFile& take)
{
    ALBS_TRY(Payload payload, open_payload(package, header));
    rpmfi archive = payload.archive.get();
    std::vector<char> buffer(std::size_t{256} << 10);
    int at = rpmfiNext(archive);
    for (; at >= 0; at = rpmfiNext(archive)) {
        const char* name = rpmfiFN(archive);
        if (name == nullptr || !S_ISREG(rpmfiFMode(archive)) || rpmfiArchiveHasContent(archive) == 0)
            continue;
        ALBS_CHECK(take(name, ArchiveFile(package, archive, buffer)));
    }
    if (at != RPMERR_ITER_END)
        return fail(Kind::input, "'" + package.path + "' is damaged: its payload cannot be read to its end");
    return {};
}

Status Library::read_files(const std::string& path, const TakeFile& take) const
{
    ALBS_CHECK(initialize());
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(HeaderHandle header, main_header(package));
    return read_payload(package, header.get(), take);
}

} // namespace albs::rpm
