// SPDX-License-Identifier: GPL-3.0-or-later
// Modules: packages that come in streams of which one at a time is to be had (modules.yaml, modulemd v2).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::modules {

/// One build of a stream.
struct Stream {
    std::string name;
    std::string stream;
    std::uint64_t version = 0;
    std::string context;
    std::string arch;
    std::vector<std::string> artifacts; ///< "NAME-EPOCH:VERSION-RELEASE.ARCH"
    /// What it needs at run time: a module, and the streams of it that will do. None: any; "-X": any but X.
    struct Need {
        std::string module;
        std::vector<std::string> streams;
    };
    std::vector<Need> needs;
};

struct Document {
    std::vector<Stream> streams;
    std::map<std::string, std::string> defaults; ///< stream by module
};

} // namespace albs::modules
