// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of albs-release: its options as tables.
#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"

namespace albs::release {

struct Options {
    std::string to;
    std::string key;
    std::string gnupghome;
    std::vector<std::string> allow_keys;
    std::string waive;
    std::string log_key;
    std::string name;
    std::string baseurl;
    std::string platform;
    std::string closure = "report";
    std::vector<std::string> against;
    std::string cert;
    std::int64_t keep = 3; ///< generations, the one that is served included
};

cli::Tool tool(Options& options);

/// The verbs; each is one file.
Result<cli::Outcome> release(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> plan(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> revert(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> check(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> errata(const Options& options, cli::Context& context, Manifest& manifest);

} // namespace albs::release
