// SPDX-License-Identifier: GPL-3.0-or-later
// The custody chain: each run of a tool appends one stage record and seals the tables (albs-manifest(5)).
#pragma once
#include <string>
#include <vector>

#include "cli/parse.hpp"
#include "cli/tool.hpp"

namespace albs::cli {

class Custody {
public:
    Custody(const Tool& tool, const Command& command, const ParsedCommand& parsed, std::vector<std::string> inputs);
    /// When this stage started: SOURCE_DATE_EPOCH, or what an earlier run of the same stage remembered, or now.
    std::int64_t start(Context& context);
    /// Appends the stage record and remembers its times, so that a re-run gives the same bytes.
    Status seal(Context& context, Manifest& manifest, const Outcome& outcome);

private:
    StageRecord record_;
    std::int64_t started_ = 0; ///< of this run
    std::string remembered_finish_;
    std::string remembered_seal_;
};

} // namespace albs::cli
