// SPDX-License-Identifier: GPL-3.0-or-later
// The payload of an open package. Only for the files of this folder.
#pragma once
#include "rpm/file_reader.hpp"
#include "rpm/region.hpp"

namespace albs::rpm {

/// Kind::input for a payload that is damaged; Kind::environment if this librpm cannot decompress it.
Status read_payload(const OpenPackage& package, Header header, const TakeFile& take);

} // namespace albs::rpm
