// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/signature_header.hpp"

#include <algorithm>
#include <fcntl.h>
#include <rpm/rpmtag.h>

#include "sys/file.hpp"

namespace albs::rpm {
namespace {

/// All that signing adds, for whichever version: OpenPGP, IMA and fs-verity signatures.
constexpr int added_tags[] = {RPMSIGTAG_RSA,
                              RPMSIGTAG_DSA,
                              RPMSIGTAG_PGP,
                              RPMSIGTAG_GPG,
                              RPMSIGTAG_PGP5,
                              RPMSIGTAG_FILESIGNATURES,
                              RPMSIGTAG_FILESIGNATURELENGTH,
                              RPMSIGTAG_VERITYSIGNATURES,
                              RPMSIGTAG_VERITYSIGNATUREALGO,
                              signatures_of_rpm_6};

} // namespace

unsigned length_of(Header header)
{
    unsigned length = 0;
    void* blob = headerExport(header, &length);
    std::free(blob);
    return length;
}

/// A copy without region that may be edited, as rpm's own tools do it.
HeaderHandle editable(const HeaderHandle& header)
{
    HeaderHandle copy(headerCopy(header.get()));
    for (int tag : added_tags)
        (void)headerDel(copy.get(), static_cast<rpmTagVal>(tag));
    return copy;
}

/// headerPutBin() would judge by the main header's tags of the same numbers, and refuse.
bool put_bytes(Header header, rpmTagVal tag, std::span<const std::uint8_t> bytes)
{
    struct rpmtd_s data = {};
    data.tag = tag;
    data.type = RPM_BIN_TYPE;
    data.count = static_cast<rpm_count_t>(bytes.size());
    data.data = const_cast<std::uint8_t*>(bytes.data()); // headerPut copies it
    return headerPut(header, &data, HEADERPUT_DEFAULT) == 1;
}

bool put_texts(Header header, rpmTagVal tag, const std::vector<std::string>& texts)
{
    std::vector<const char*> pointers;
    for (const std::string& text : texts)
        pointers.push_back(text.c_str());
    struct rpmtd_s data = {};
    data.tag = tag;
    data.type = RPM_STRING_ARRAY_TYPE;
    data.count = static_cast<rpm_count_t>(pointers.size());
    data.data = pointers.data(); // headerPut copies it
    return headerPut(header, &data, HEADERPUT_DEFAULT) == 1;
}

void set_reserved(Header header, std::size_t count)
{
    (void)headerDel(header, RPMSIGTAG_RESERVEDSPACE);
    (void)put_bytes(header, RPMSIGTAG_RESERVEDSPACE, Bytes(count));
}

/// The header with its region, the reserved room grown or shrunk so that its length is wanted; if that cannot be, as it
/// comes.
HeaderHandle fitted(const HeaderHandle& edited, unsigned wanted)
{
    std::size_t reserved = tag_bytes(edited.get(), RPMSIGTAG_RESERVEDSPACE).size();
    HeaderHandle tried(headerReload(headerCopy(edited.get()), RPMTAG_HEADERSIGNATURES));
    auto missing = std::int64_t{wanted} - std::int64_t{length_of(tried.get())};
    if (reserved == 0 || missing == 0 || static_cast<std::int64_t>(reserved) + missing < 1)
        return tried;
    return with_reserved(edited, static_cast<std::size_t>(static_cast<std::int64_t>(reserved) + missing));
}

Status put_head(const OpenPackage& package, const HeaderHandle& signature, const Sink& put)
{
    unsigned length = 0;
    void* blob = headerExport(signature.get(), &length);
    if (blob == nullptr)
        return fail(Kind::internal, "cannot write the signature header of '" + package.path + "'");
    std::string head("\x8e\xad\xe8\x01\0\0\0\0", 8);
    head.append(static_cast<const char*>(blob), length);
    std::free(blob);
    head.append((8 - head.size() % 8) % 8, '\0');
    ALBS_CHECK(read_range(package, 0, package.layout.signature, put));
    ALBS_CHECK(put(as_bytes(head)));
    return read_range(package, package.layout.header, package.layout.payload, put);
}

/// Lead, the new signature header padded to 8, then the rest as it is.
Status put_package(const OpenPackage& package, const HeaderHandle& signature, const Sink& put)
{
    ALBS_CHECK(put_head(package, signature, put));
    return read_range(package, package.layout.payload, package.layout.size, put);
}

Result<sys::FileDigest> write_package(const OpenPackage& package, const HeaderHandle& signature, const std::string& to)
{
    sys::Fd out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!out)
        return sys::system_error("cannot create", to);
    Hasher hasher;
    sys::FileDigest digest;
    ALBS_CHECK(put_package(package, signature, [&](std::span<const std::uint8_t> bytes) {
        hasher.update(bytes);
        digest.size += static_cast<std::int64_t>(bytes.size());
        return sys::write_all(out.get(), as_text(bytes), to);
    }));
    if (out.close() != 0)
        return sys::system_error("cannot write", to);
    digest.sha256 = hasher.finish();
    return digest;
}

bool has_added_tags(Header header)
{
    return std::any_of(std::begin(added_tags), std::end(added_tags),
                       [&](int tag) { return headerIsEntry(header, static_cast<rpmTagVal>(tag)) != 0; });
}

bool has_file_signatures(Header header)
{
    constexpr int tags[] = {RPMSIGTAG_FILESIGNATURES, RPMSIGTAG_FILESIGNATURELENGTH, RPMSIGTAG_VERITYSIGNATURES,
                            RPMSIGTAG_VERITYSIGNATUREALGO};
    return std::any_of(std::begin(tags), std::end(tags),
                       [&](int tag) { return headerIsEntry(header, static_cast<rpmTagVal>(tag)) != 0; });
}

HeaderHandle with_reserved(const HeaderHandle& edited, std::size_t count)
{
    HeaderHandle room(headerCopy(edited.get()));
    set_reserved(room.get(), count);
    return HeaderHandle(headerReload(room.release(), RPMTAG_HEADERSIGNATURES));
}

} // namespace albs::rpm
