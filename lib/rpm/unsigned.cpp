// SPDX-License-Identifier: GPL-3.0-or-later
// A package as it was built, out of the signed one. Signing takes room that rpmbuild reserved in the signature header,
// or lets that header grow; some signers give room back, and some take it anew from what is left. So the room that was
// reserved is not told by the file alone, unless all that may have happened comes to the same.
#include <algorithm>
#include <rpm/rpmtag.h>
#include <rpm/rpmver.h>

#include "base/text.hpp"
#include "rpm/library.hpp"
#include "rpm/signature_header.hpp"

namespace albs::rpm {
namespace {

constexpr std::size_t usual_room = 32 + 4096; ///< what rpm 4.14 to 4.20 reserve, where no macro says otherwise
/// What macros of distributions said: 32 beside %__gpg_reserved_space.
constexpr std::size_t other_rooms[] = {32 + 512, 32 + 1024, 32 + 2048, 32 + 8192, 32 + 16384};
constexpr int reserved_of_rpm_6 = 999;

struct Candidates {
    std::vector<HeaderHandle> headers; ///< the first is taken where no digest is known
    bool is_certain = false;           ///< that it is the first
};

/// Packages of rpm before 4.14 have no reserved room; later ones without it lost it to a signer.
bool is_of_old_rpm(const OpenPackage& package)
{
    auto header = main_header(package);
    if (!header)
        return false;
    const std::string version = tag_text(header->get(), RPMTAG_RPMVERSION);
    return !version.empty() && rpmvercmp(version.c_str(), "4.14") < 0;
}

/// EDITED is the header without signatures, or with those that it may have had when it was built.
Candidates candidates_with(const OpenPackage& package, const HeaderHandle& old, const HeaderHandle& edited)
{
    Candidates all;
    const std::size_t left = tag_bytes(edited.get(), RPMSIGTAG_RESERVEDSPACE).size();
    const bool is_signed = has_added_tags(old.get());
    if (left == 0) {
        all.is_certain = !is_signed || (is_of_old_rpm(package) &&
                                        headerIsEntry(edited.get(), static_cast<rpmTagVal>(reserved_of_rpm_6)) == 0);
        all.headers.emplace_back(headerReload(headerCopy(edited.get()), RPMTAG_HEADERSIGNATURES));
        return all;
    }
    // Room that was taken from, room that was not since the header grew, and the usual one.
    std::vector<std::size_t> rooms;
    auto add = [&](std::size_t room) {
        if (std::find(rooms.begin(), rooms.end(), room) == rooms.end())
            rooms.push_back(room);
    };
    const auto missing =
        std::int64_t{length_of(old.get())} - std::int64_t{length_of(with_reserved(edited, left).get())};
    const auto given_back = static_cast<std::int64_t>(left) + missing;
    if (is_signed && (left == usual_room || given_back == static_cast<std::int64_t>(usual_room)))
        add(usual_room);
    all.is_certain = !is_signed || !rooms.empty();
    if (is_signed && given_back > 0)
        add(static_cast<std::size_t>(given_back));
    add(left);
    add(usual_room);
    for (std::size_t room : other_rooms)
        add(room);
    for (std::size_t room : rooms)
        all.headers.push_back(with_reserved(edited, room));
    return all;
}

/// A package of rpm 6 may have had signatures when it was built, the first ones of its list. They are tried last.
Candidates candidates_of(const OpenPackage& package, const HeaderHandle& old)
{
    const HeaderHandle bare = editable(old);
    Candidates all = candidates_with(package, old, bare);
    const std::vector<std::string> texts =
        split_lines(tag_values(old.get(), static_cast<rpmTagVal>(signatures_of_rpm_6)));
    for (std::size_t kept = 1; kept <= texts.size(); ++kept) {
        HeaderHandle edited(headerCopy(bare.get()));
        const std::vector<std::string> first(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(kept));
        if (!put_texts(edited.get(), static_cast<rpmTagVal>(signatures_of_rpm_6), first))
            continue;
        Candidates more = candidates_with(package, old, edited);
        std::move(more.headers.begin(), more.headers.end(), std::back_inserter(all.headers));
    }
    return all;
}

Result<sys::FileDigest> digest_with(const OpenPackage& package, const HeaderHandle& signature)
{
    Hasher hasher;
    sys::FileDigest digest;
    ALBS_CHECK(put_package(package, signature, [&](std::span<const std::uint8_t> bytes) -> Status {
        hasher.update(bytes);
        digest.size += static_cast<std::int64_t>(bytes.size());
        return {};
    }));
    digest.sha256 = hasher.finish();
    return digest;
}

struct Choice {
    HeaderHandle header;
    Unsigned answer;
};

Result<Choice> choose(const OpenPackage& package, std::string_view wanted)
{
    ALBS_TRY(HeaderHandle old, signature_header(package));
    Candidates candidates = candidates_of(package, old);
    std::optional<Choice> first;
    for (HeaderHandle& header : candidates.headers) {
        ALBS_TRY(sys::FileDigest digest, digest_with(package, header));
        const bool is_wanted = digest.sha256.hex() == wanted;
        if (!first || is_wanted)
            first = Choice{std::move(header), {digest, is_wanted || (candidates.is_certain && wanted.empty())}};
        if (is_wanted || wanted.empty())
            break;
    }
    return *std::move(first);
}

Result<Bytes> head_of(const OpenPackage& package, const HeaderHandle& signature)
{
    Bytes head;
    ALBS_CHECK(put_head(package, signature, [&](std::span<const std::uint8_t> bytes) -> Status {
        head.insert(head.end(), bytes.begin(), bytes.end());
        return {};
    }));
    return head;
}

} // namespace

Result<bool> Library::is_head_of(const std::string& built, const std::string& signed_file) const
{
    ALBS_TRY(OpenPackage before, open_package(built));
    Bytes wanted;
    ALBS_CHECK(read_range(before, 0, before.layout.payload, [&](std::span<const std::uint8_t> bytes) -> Status {
        wanted.insert(wanted.end(), bytes.begin(), bytes.end());
        return {};
    }));
    ALBS_TRY(OpenPackage package, open_package(signed_file));
    if (package.layout.size - package.layout.payload != before.layout.size - before.layout.payload)
        return false;
    ALBS_TRY(HeaderHandle old, signature_header(package));
    const Candidates candidates = candidates_of(package, old);
    for (const HeaderHandle& header : candidates.headers) {
        ALBS_TRY(Bytes head, head_of(package, header));
        if (head == wanted)
            return true;
    }
    return false;
}

Result<Unsigned> Library::digest_unsigned(const std::string& path, std::string_view wanted) const
{
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(Choice chosen, choose(package, wanted));
    return chosen.answer;
}

Result<Unsigned> Library::write_unsigned(const std::string& from, const std::string& to, std::string_view wanted) const
{
    ALBS_TRY(OpenPackage package, open_package(from));
    ALBS_TRY(Choice chosen, choose(package, wanted));
    if (chosen.answer.is_proven)
        ALBS_CHECK(write_package(package, chosen.header, to));
    return chosen.answer;
}

} // namespace albs::rpm
