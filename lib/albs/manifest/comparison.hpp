// SPDX-License-Identifier: GPL-3.0-or-later
// One noarch package that a source made for several architectures: whether it is the same, and which copy is shipped.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct Copy {
    std::string arch;   ///< of the task
    std::string sha256; ///< artifact
};

struct Comparison {
    static constexpr std::string_view table = "comparisons";
    /// A new manifest has no such table before there is a record.
    static constexpr bool is_rare = true;
    std::string id; ///< "SOURCE/PLATFORM/FILE"; a later attempt's is that and "@HEX"
    std::string source;
    std::string platform;
    std::string name;              ///< of the file
    std::vector<Copy> copies;      ///< the one to ship first
    std::string ship;              ///< artifact: SHA-256
    std::string verdict;           ///< "identical", "metadata", "differs"
    std::vector<std::string> tags; ///< of the headers that differ, by name
    OptionalString file;           ///< the first packaged file that differs
    OptionalString what;           ///< in it: "contents", "mode"…
    OptionalText follows = {};     ///< id of the attempt before
};

} // namespace albs
