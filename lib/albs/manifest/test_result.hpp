// SPDX-License-Identifier: GPL-3.0-or-later
// One test of one artifact.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct TestResult {
    static constexpr std::string_view table = "tests";
    std::string id; ///< "ARTIFACT-SHA256/NAME"
    std::string artifact;
    std::string task; ///< that built it
    std::string name; ///< "integrity", "install", "remove"…
    std::string status; ///< "pass", "fail", "skip"
    OptionalString reason; ///< one line, for fail and skip
    OptionalString log;    ///< artifact
};

} // namespace albs
