// SPDX-License-Identifier: GPL-3.0-or-later
// The chain of custody: which tool ran on the manifest, and what the manifest held when it was done.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// Something that was asked for and did not come about, while the rest did.
struct StageFailure {
    std::string what;        ///< as it was asked for: a source
    std::int64_t status = 0; ///< the exit status of a run that would have had nothing else to do
    std::string reason;
};

/// One run of one tool. A seal says what the tables held when the tool was done.
struct StageRecord {
    static constexpr std::string_view table = "stages";
    std::string id; ///< SHA-256 of tool, version, parameters and inputs (canonical)
    std::string tool;
    std::string version;
    std::string started;
    std::string finished;
    Json parameters;
    std::vector<std::string> inputs;    ///< SHA-256 of each manifest read (canonical)
    std::string verdict;                ///< "yes" or "no"
    std::vector<StageFailure> failures; ///< empty: none, or the records of the stage tell them
    std::string seal;                   ///< SHA-256 of the manifest without this record (canonical)
    OptionalText follows = {};          ///< id of another run of this stage
};

} // namespace albs
