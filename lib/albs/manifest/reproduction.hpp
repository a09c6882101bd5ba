// SPDX-License-Identifier: GPL-3.0-or-later
// What came out when somebody built a package once more.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct Reproduction {
    static constexpr std::string_view table = "reproductions";
    /// A new manifest has no such table before there is a record.
    static constexpr bool is_rare = true;
    JsonText id;                             ///< "SHA256/rebuilt"; a later attempt's is that and "@HEX"
    JsonText artifact;                       ///< SHA-256 of the package that was compared
    JsonText name;                           ///< of the file
    JsonText task;                           ///< that made it, and was done again
    JsonText verdict;                        ///< "identical", "signature", "metadata", "payload", "differs", "missing"
    OptionalText rebuilt;                    ///< SHA-256 of what came out
    std::vector<JsonText> signed_files = {}; ///< "signed": other files that differ from it by signatures alone
    std::vector<std::string> tags = {};      ///< of the headers that differ, by name
    OptionalString file = {};                ///< the first packaged file that differs
    OptionalString what = {};                ///< in it: "contents", "mode"…
    JsonText finished;                       ///< when it was compared, RFC 3339
    OptionalText follows = {};               ///< id of the attempt before
};

} // namespace albs
