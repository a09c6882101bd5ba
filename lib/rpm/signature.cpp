// SPDX-License-Identifier: GPL-3.0-or-later
// After sign/rpmgensig.c of rpm 4.18, whose bytes the tests compare with, but never in place: to a new file.
#include "rpm/signature.hpp"

#include <algorithm>
#include <fcntl.h>
#include <rpm/rpmtag.h>

#include "rpm/library.hpp"
#include "rpm/region.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::rpm {
namespace {

struct Slot {
    rpmTagVal tag;
    bool header_only;
    bool rsa;
};
constexpr Slot slots[] = {{RPMSIGTAG_RSA, true, true},
                          {RPMSIGTAG_DSA, true, false},
                          {RPMSIGTAG_PGP, false, true},
                          {RPMSIGTAG_GPG, false, false}};
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
                              278 /* OPENPGP, rpm 6 */};

rpmTagVal slot_of(const PackageSignature& signature)
{
    bool rsa = signature.info.key_algorithm == 1;
    for (const Slot& slot : slots)
        if (slot.header_only == signature.header_only && slot.rsa == rsa)
            return slot.tag;
    return RPMSIGTAG_RSA;
}

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
    HeaderHandle room(headerCopy(edited.get()));
    set_reserved(room.get(), static_cast<std::size_t>(static_cast<std::int64_t>(reserved) + missing));
    return HeaderHandle(headerReload(room.release(), RPMTAG_HEADERSIGNATURES));
}

using Sink = std::function<Status(std::span<const std::uint8_t>)>;

/// Lead, the new signature header padded to 8, then the rest as it is.
Status put_package(const OpenPackage& package, const HeaderHandle& signature, const Sink& put)
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
    return read_range(package, package.layout.header, package.layout.size, put);
}

Status write_package(const OpenPackage& package, const HeaderHandle& signature, const std::string& to)
{
    sys::Fd out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!out)
        return sys::system_error("cannot create", to);
    ALBS_CHECK(put_package(package, signature, [&](std::span<const std::uint8_t> bytes) {
        return sys::write_all(out.get(), as_text(bytes), to);
    }));
    if (out.close() != 0)
        return sys::system_error("cannot write", to);
    return {};
}

} // namespace

Result<std::vector<PackageSignature>> Library::read_signatures(const std::string& path) const
{
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(HeaderHandle header, signature_header(package));
    std::vector<PackageSignature> found;
    for (const Slot& slot : slots) {
        Bytes packet = tag_bytes(header.get(), slot.tag);
        if (packet.empty())
            continue;
        auto info = openpgp::read_signature(packet);
        if (!info)
            return fail(std::move(info).error(), "'" + path + "'");
        found.push_back({slot.header_only, *info, std::move(packet)});
    }
    return found;
}

Result<Signable> Library::hash_for_signing(const std::string& path) const
{
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(HeaderHandle signature, signature_header(package));
    ALBS_TRY(HeaderHandle header, main_header(package));
    Signable out;
    Hasher alone; // of one part at a time
    ALBS_CHECK(read_range(package, package.layout.header, package.layout.payload,
                          [&](std::span<const std::uint8_t> piece) -> Status {
                              out.header.update(piece);
                              out.header_and_payload.update(piece);
                              alone.update(piece);
                              return {};
                          }));
    std::string header_digest = alone.finish_hex();
    if (std::string said = tag_text(signature.get(), RPMSIGTAG_SHA256); !said.empty() && said != header_digest)
        return fail(Kind::input, "'" + path + "' is damaged: its header is not what its digest says");
    std::string said = tag_text(header.get(), RPMTAG_PAYLOADDIGEST);
    bool sha256 = tag_number(header.get(), RPMTAG_PAYLOADDIGESTALGO) == 8;
    out.payload_in_header = !said.empty() && sha256;
    ALBS_CHECK(read_range(package, package.layout.payload, package.layout.size,
                          [&](std::span<const std::uint8_t> piece) -> Status {
                              out.header_and_payload.update(piece);
                              alone.update(piece);
                              return {};
                          }));
    if (out.payload_in_header && said != alone.finish_hex())
        return fail(Kind::input, "'" + path + "' is damaged: its payload is not what its header says");
    return out;
}

Status Library::write_signed(const std::string& from, const std::string& to,
                             const std::vector<PackageSignature>& signatures) const
{
    ALBS_TRY(OpenPackage package, open_package(from));
    ALBS_TRY(HeaderHandle old, signature_header(package));
    HeaderHandle edited = editable(old);
    for (const PackageSignature& signature : signatures) {
        rpmTagVal tag = slot_of(signature);
        if (headerIsEntry(edited.get(), tag) != 0)
            return fail(Kind::usage, "an RPM holds one RSA and one other signature of each kind, and no second",
                        "sign with one RSA key and one Ed25519 key at most");
        if (!put_bytes(edited.get(), tag, signature.packet))
            return fail(Kind::internal, "librpm does not take the signature for '" + from + "'");
    }
    return write_package(package, fitted(edited, length_of(old.get())), to);
}

Status Library::write_unsigned(const std::string& from, const std::string& to) const
{
    ALBS_TRY(OpenPackage package, open_package(from));
    ALBS_TRY(HeaderHandle old, signature_header(package));
    return write_package(package, fitted(editable(old), length_of(old.get())), to);
}

Result<sys::FileDigest> Library::digest_unsigned(const std::string& path) const
{
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(HeaderHandle old, signature_header(package));
    Hasher hasher;
    sys::FileDigest digest;
    ALBS_CHECK(put_package(package, fitted(editable(old), length_of(old.get())),
                           [&](std::span<const std::uint8_t> bytes) -> Status {
                               hasher.update(bytes);
                               digest.size += static_cast<std::int64_t>(bytes.size());
                               return {};
                           }));
    digest.sha256 = hasher.finish();
    return digest;
}

} // namespace albs::rpm
