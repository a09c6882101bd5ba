// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "cli/trust.hpp"

namespace albs::test {

struct Options {
    std::vector<std::string> repositories; ///< --repo
    std::vector<std::string> suites;       ///< --tests
    std::vector<std::string> skip_files;   ///< --skip
    bool with_rpmlint = false;             ///< --with-rpmlint
    bool with_rpminspect = false;          ///< --with-rpminspect
    std::string rpmlintrc;                 ///< --rpmlintrc, a file or empty
    std::string rpminspect_config;         ///< --rpminspect-config, a file or empty
    std::string report;                    ///< --report: "junit", "tap" or empty
    std::int64_t timeout = 600;            ///< --timeout, seconds for one step
    bool keep = false;                     ///< --keep
    std::int64_t releases = 1;             ///< --releases: how many older ones are upgraded from
    bool offline = false;                  ///< --offline
    cli::TrustOptions trust;               ///< none: ledger/log.vkey in the workspace, if it is there
};

cli::Tool tool(Options& options);

} // namespace albs::test
