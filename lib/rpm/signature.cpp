// SPDX-License-Identifier: GPL-3.0-or-later
// After sign/rpmgensig.c of rpm 4.18, whose bytes the tests compare with, but never in place: to a new file.
#include "rpm/signature.hpp"

#include <algorithm>
#include <rpm/rpmtag.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "rpm/library.hpp"
#include "rpm/region.hpp"
#include "rpm/signature_header.hpp"
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
rpmTagVal slot_of(const PackageSignature& signature)
{
    bool rsa = signature.info.key_algorithm == 1;
    for (const Slot& slot : slots)
        if (slot.header_only == signature.header_only && slot.rsa == rsa)
            return slot.tag;
    return RPMSIGTAG_RSA;
}

/// Why librpm of this machine cannot judge it, in words; empty: it can. Algorithms are those of RFC 4880 §9.1.
std::string unknown_kind(const Bytes& packet, const Result<openpgp::SignatureInfo>& info)
{
    if (info && (info->key_algorithm == 1 || info->key_algorithm == 17 || info->key_algorithm == 22))
        return {};
    if (info)
        return format_text("an unknown signature (algorithm {})", info->key_algorithm);
    auto packets = openpgp::read_packets(packet);
    if (packets && packets->size() == 1 && packets->front().tag == openpgp::signature_tag &&
        packets->front().body.size() > 2)
        return format_text("an unknown signature (OpenPGP version {}, algorithm {})", packets->front().body[0],
                           packets->front().body[2]);
    return {}; // no signature at all
}

/// rpm 6 has all signatures over the header in one tag, as texts in base64, and the first also where it was before. One
/// that cannot be read here (of OpenPGP v6, say) is there all the same, of an unknown issuer.
void add_those_of_rpm_6(Header header, std::vector<PackageSignature>& found)
{
    for (const std::string& text : split_lines(tag_values(header, static_cast<rpmTagVal>(signatures_of_rpm_6)))) {
        PackageSignature one{true, {}, {}};
        if (auto packet = from_base64(text))
            one.packet = *std::move(packet);
        auto info = openpgp::read_signature(one.packet);
        one.unknown = unknown_kind(one.packet, info);
        if (info)
            one.info = *std::move(info);
        if (std::none_of(found.begin(), found.end(),
                         [&](const PackageSignature& known) { return known.packet == one.packet; }))
            found.push_back(std::move(one));
    }
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
    add_those_of_rpm_6(header.get(), found);
    return found;
}

Result<Signable> Library::hash_for_signing(const std::string& path, bool header_alone) const
{
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(HeaderHandle signature, signature_header(package));
    ALBS_TRY(HeaderHandle header, main_header(package));
    if (has_file_signatures(signature.get()))
        return fail(Kind::input, "'" + path + "' carries signatures of its files (IMA or fs-verity) already",
                    "only packages as they were built are signed: albs-sign unsign gives them back");
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
    if (header_alone && out.payload_in_header)
        return out;
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

Result<sys::FileDigest> Library::write_signed(const std::string& from, const std::string& to,
                                              const std::vector<PackageSignature>& signatures) const
{
    ALBS_TRY(OpenPackage package, open_package(from));
    ALBS_TRY(HeaderHandle old, signature_header(package));
    HeaderHandle edited = editable(old);
    // Those that are there already of rpm 6 stay, and the new ones join them.
    std::vector<std::string> texts = split_lines(tag_values(old.get(), static_cast<rpmTagVal>(signatures_of_rpm_6)));
    const bool is_of_rpm_6 = !texts.empty();
    for (const PackageSignature& signature : signatures) {
        rpmTagVal tag = slot_of(signature);
        if (headerIsEntry(edited.get(), tag) != 0)
            return fail(Kind::usage, "an RPM holds one RSA and one other signature of each kind, and no second",
                        "sign with one RSA key and one Ed25519 key at most");
        if (!put_bytes(edited.get(), tag, signature.packet))
            return fail(Kind::internal, "librpm does not take the signature for '" + from + "'");
        if (signature.header_only)
            texts.push_back(to_base64(signature.packet));
    }
    if (is_of_rpm_6 && !put_texts(edited.get(), static_cast<rpmTagVal>(signatures_of_rpm_6), texts))
        return fail(Kind::internal, "librpm does not take the signatures for '" + from + "'");
    return write_package(package, fitted(edited, length_of(old.get())), to);
}

} // namespace albs::rpm
