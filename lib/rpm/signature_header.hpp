// SPDX-License-Identifier: GPL-3.0-or-later
// The signature header of a package file, edited as rpm's own tools do it, and the file around it. Only for the files
// of this folder.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "rpm/region.hpp"
#include "sys/hash_file.hpp"

namespace albs::rpm {

constexpr int signatures_of_rpm_6 = 278; ///< RPMSIGTAG_OPENPGP

/// Bytes of the header as it is written, without its magic.
unsigned length_of(Header header);
/// A copy without region that may be edited, and without all that signing adds.
HeaderHandle editable(const HeaderHandle& header);
bool has_added_tags(Header header);
/// Of files, by IMA or fs-verity.
bool has_file_signatures(Header header);
bool put_texts(Header header, rpmTagVal tag, const std::vector<std::string>& texts);
bool put_bytes(Header header, rpmTagVal tag, std::span<const std::uint8_t> bytes);
/// The header with its region, the reserved room grown or shrunk so that its length is wanted; if that cannot be, as it
/// comes.
HeaderHandle fitted(const HeaderHandle& edited, unsigned wanted);
/// The header with its region and so many bytes of reserved room.
HeaderHandle with_reserved(const HeaderHandle& edited, std::size_t count);

using Sink = std::function<Status(std::span<const std::uint8_t>)>;
/// Lead, the new signature header padded to 8, then the rest as it is.
Status put_package(const OpenPackage& package, const HeaderHandle& signature, const Sink& put);
/// What of that stands before the payload.
Status put_head(const OpenPackage& package, const HeaderHandle& signature, const Sink& put);
/// The whole into a new file, whose digest it returns.
Result<sys::FileDigest> write_package(const OpenPackage& package, const HeaderHandle& signature, const std::string& to);

} // namespace albs::rpm
