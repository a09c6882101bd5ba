// SPDX-License-Identifier: GPL-3.0-or-later
// One test of one artifact.
#pragma once
#include <string_view>

#include "albs/manifest/record.hpp"

namespace albs {

struct TestResult {
    static constexpr std::string_view table = "tests";
    JsonText id; ///< "ARTIFACT-SHA256/NAME"; a later attempt's is that and "@HEX"
    JsonText artifact;
    JsonText task;              ///< that built it
    JsonText name;              ///< "integrity", "install", "remove"…
    JsonText status;            ///< "pass", "fail", "skip"
    OptionalString reason;      ///< one line, for fail and skip; of a pass, a warning
    OptionalText log;           ///< artifact
    OptionalText finished = {}; ///< when it was done; of two attempts the later is in force
    OptionalText follows = {};  ///< id of the attempt before
};

/// Whether the test of this name tried the package out, and not only read its file. Integrity, installability and
/// conflicts can be told of packages that nobody installed: passing these alone, a package is not tested.
bool tries_out(std::string_view name);

} // namespace albs
