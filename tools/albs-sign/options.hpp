// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of albs-sign and what their options fill.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/tool.hpp"

namespace albs::sign {

struct Options {
    std::vector<std::string> keys;
    std::string gnupghome; ///< empty: $GNUPGHOME or ~/.gnupg
    bool rpmv3 = false;
    std::string signing_time; ///< RFC 3339 or seconds since 1970; empty: see signing_time()
    std::vector<std::string> waive;
    std::string log_key; ///< empty: ledger/log.vkey in the workspace
    std::vector<std::string> certificates;
    std::string manifest; ///< of unsign
};

cli::Tool tool(Options& options);

/// --signing-time, else SOURCE_DATE_EPOCH, as seconds since 1970; none: the record or the clock decides.
Result<std::optional<std::int64_t>> signing_time(const Options& options);

Result<cli::Outcome> sign(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> verify(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> unsign(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> detach(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> clear(const Options& options, cli::Context& context, Manifest& manifest);

} // namespace albs::sign
