// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of albs-notarize and what their options fill.
#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"

namespace albs::notarize {

struct Options {
    std::string ledger;  ///< --ledger; empty: $ALBS_LEDGER, else WORKSPACE/ledger
    std::string origin;  ///< --origin
    std::string profile = "rekor";
    bool any_file_system = false;
    std::string log_key; ///< --log-key
    std::string policy;  ///< --policy
    std::string status = "revoked";
    std::string reason;
    std::string url;         ///< --url
    std::string repodata;    ///< --repodata
    std::string witness_key; ///< --witness-key
    std::string timeout;     ///< --timeout; empty: default_timeout
    bool drop_old = false;   ///< --drop-old
    std::string key;            ///< --key
    std::string statement_key;  ///< --statement-key
    std::string passphrase_fd;  ///< --passphrase-fd
    bool require_status = false;  ///< --require-status
    bool require_history = false; ///< --require-history
};

cli::Tool tool(Options& options);

/// The ledger's directory.
std::string ledger_path(const Options& options, const cli::Context& context);

Result<cli::Outcome> append(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> init(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> audit(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> show(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> export_proofs(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> files(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> commits(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> witness(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> rotate_key(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> mark(const Options& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> verify(const Options& options, cli::Context& context, Manifest& manifest);

} // namespace albs::notarize
