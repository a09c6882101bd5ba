// SPDX-License-Identifier: GPL-3.0-or-later
// The options of albs-fetch.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "cli/tool.hpp"

namespace albs::fetch {

struct Options {
    std::string from;
    std::vector<std::string> lookaside;
    std::string keyring;
    bool require_signed = false;
    bool require_upstream_signed = false;
    bool all_or_nothing = false;
    std::string components;
    std::string component_ref;
    std::string debrand;
    std::string debrand_branch;
};

using Stage = std::function<Result<cli::Outcome>(const Options&, cli::Context&, Manifest&)>;

/// The tool's table; options must outlive it.
cli::Tool tool(Options& options, Stage stage);

} // namespace albs::fetch
