// SPDX-License-Identifier: GPL-3.0-or-later
// The first bytes of a file, to see what it is without reading some gigabytes of image.
#pragma once
#include <string>

#include "base/result.hpp"

namespace albs::sys {

/// The first bytes of a file or a pipe, fewer where it has no more; Kind::environment if it cannot be read.
Result<std::string> read_first_bytes(const std::string& path, std::size_t bytes);

} // namespace albs::sys
