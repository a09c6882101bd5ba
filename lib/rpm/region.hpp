// SPDX-License-Identifier: GPL-3.0-or-later
// The two headers of a package file as librpm's objects, and its bytes in pieces. Only for the files of this folder.
#pragma once
#include <functional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "rpm/handles.hpp"
#include "rpm/package.hpp"

namespace albs::rpm {

/// An open package with its layout.
struct OpenPackage {
    std::string path;
    sys::Fd file;
    Layout layout;
};
Result<OpenPackage> open_package(const std::string& path);
/// [from, to) in pieces of 256 KiB.
Status read_range(const OpenPackage& package, std::int64_t from, std::int64_t to,
                  const std::function<Status(std::span<const std::uint8_t>)>& take);
Result<HeaderHandle> signature_header(const OpenPackage& package);
Result<HeaderHandle> main_header(const OpenPackage& package);
/// The bytes of a tag; empty if it is not there.
Bytes tag_bytes(Header header, rpmTagVal tag);
/// The first string of a tag; empty if it is not there.
std::string tag_text(Header header, rpmTagVal tag);
/// Every value of a tag as text, with a newline behind each; empty if it is not there.
std::string tag_values(Header header, rpmTagVal tag);
std::int64_t tag_number(Header header, rpmTagVal tag);

} // namespace albs::rpm
