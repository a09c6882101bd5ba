// SPDX-License-Identifier: GPL-3.0-or-later
// A module stream that was built as a whole, on one platform for one architecture.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct ModuleBuild {
    static constexpr std::string_view table = "module_builds";
    /// A new manifest has no such table before there is a record.
    static constexpr bool is_rare = true;
    std::string id;     ///< "MODULE/PLATFORM/ARCH"; a later attempt's is that and "@HEX"
    std::string module; ///< plain id of the module
    std::string platform;
    std::string arch;
    std::string name; ///< of the module, as its packages' label says it; the same for the next three
    std::string stream;
    std::string version; ///< digits; more than the integers of a manifest may have
    std::string context;
    std::string dist;               ///< of the releases of its packages
    std::vector<std::string> tasks; ///< plain ids, in the order in which they were built
    std::string document;           ///< artifact: the stream's document (modulemd), with its packages
    OptionalText follows = {};      ///< id of the attempt before
};

} // namespace albs
