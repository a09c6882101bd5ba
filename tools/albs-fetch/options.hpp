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
    std::string platform = "host";
    std::vector<std::string> platforms; ///< files
    std::vector<std::string> flavors;
};

using Stage = std::function<Result<cli::Outcome>(const Options&, cli::Context&, Manifest&)>;

/// The tool's table; options must outlive it.
cli::Tool tool(Options& options, Stage stage);

} // namespace albs::fetch
