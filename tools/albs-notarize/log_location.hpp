// SPDX-License-Identifier: GPL-3.0-or-later
// Where a log is read from, and which keys to trust for it.
#pragma once
#include <string>

#include "albs/log/policy.hpp"
#include "albs/log/tile.hpp"
#include "albs/log/view.hpp"
#include "http/transfer.hpp"
#include "options.hpp"

namespace albs::notarize {

/// The ledger's directory: what --ledger says, else the environment, else that of the workspace.
std::string ledger_path(const std::string& option, const cli::Context& context);

/// How long to wait for others: --timeout, else default_timeout, for an answer as a whole. Kind::usage when it is no
/// time.
Result<http::Options> timeouts(const std::string& timeout);

/// A directory, or a URL (http, https) below which the log's resources are. The checkpoint is fetched once: whoever
/// asks for it again gets the same.
struct LogLocation {
    std::string text;
    bool remote = false;
    Fetch fetch;
};
/// Whether parts of a remote log that never change are kept on this machine (cached_fetch.hpp), or all is fetched.
enum class Copies { kept, none };
/// None in a dry run, which touches nothing.
Copies copies_of(const cli::Context& context);
/// Kind::usage when --timeout is no time.
Result<LogLocation> log_place(const std::string& text, const std::string& timeout, Copies copies = Copies::kept);

/// --policy or --log-key. Kind::usage when neither was given, or both.
Result<Policy> trusted(const TrustOptions& options);
/// As trusted(); without either option, the key that the log's own directory names. Never for a remote log.
Result<Policy> trusted_or_own(const TrustOptions& options, const LogLocation& place);

/// The view of the log for this run. Its checkpoint is fetched once, held against what this machine remembers of the
/// log and against --checkpoint, and is remembered unless it is a dry run. Kind::trust for a log that was rolled back
/// or shows another history, of which both checkpoints are saved (evidence/split_view.hpp); Kind::environment when nothing can
/// be remembered.
Result<LogView> open_log(const TrustOptions& options, const Policy& policy, const LogLocation& place, bool dry_run);

} // namespace albs::notarize
