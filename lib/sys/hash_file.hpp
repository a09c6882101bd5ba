// SPDX-License-Identifier: GPL-3.0-or-later
// Digests of files, read once.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs::sys {

struct FileDigest {
    Digest sha256;
    std::int64_t size = 0; ///< bytes
};
/// Reads the file once, in 256 KiB pieces. Kind::environment if it cannot be read.
Result<FileDigest> digest_file(const std::string& path);
/// Lower-case hex by any algorithm.
Result<std::string> digest_file(const std::string& path, Algorithm algorithm);
/// By each of the algorithms, in one pass.
Result<std::vector<std::string>> digest_file(const std::string& path, std::span<const Algorithm> algorithms);

} // namespace albs::sys
