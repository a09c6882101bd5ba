// SPDX-License-Identifier: GPL-3.0-or-later
// The chain of custody: which tool ran on the manifest, and what the manifest held when it was done.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// One run of one tool. A seal says what the tables held when the tool was done.
struct StageRecord {
    static constexpr std::string_view table = "stages";
    std::string id; ///< SHA-256 of tool, version, parameters and inputs (canonical)
    std::string tool;
    std::string version;
    std::string started;
    std::string finished;
    Json parameters;
    std::vector<std::string> inputs; ///< SHA-256 of each manifest read (canonical)
    std::string verdict;             ///< "yes" or "no"
    std::string seal;                ///< SHA-256 of the manifest without this record (canonical)
};

} // namespace albs
