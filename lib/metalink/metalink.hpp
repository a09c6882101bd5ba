// SPDX-License-Identifier: GPL-3.0-or-later
// Metalinks (Metalink 3.0 as mirror managers write it): where a file is, and what its bytes must be.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::metalink {

/// A version of the file that is good: the newest, or an older one that some mirrors still have.
struct Version {
    std::int64_t size = 0; ///< bytes; 0: not said
    std::string sha256;    ///< lower-case hex; empty: not said
    std::string sha512;
};

struct Metalink {
    std::vector<std::string> urls; ///< http, https and file ones, the preferred first
    std::vector<Version> versions; ///< the newest first
};

} // namespace albs::metalink
