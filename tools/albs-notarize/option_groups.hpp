// SPDX-License-Identifier: GPL-3.0-or-later
// Options that several verbs of albs-notarize have.
#pragma once
#include <string>
#include <vector>

#include "options.hpp"

namespace albs::notarize {

cli::Option remember_option(std::string& directory);
cli::Option timeout_option(std::string& timeout);
/// For statements; of a verb that commits.
cli::Option statement_key_option(std::string& key);
/// Of a verb that opens a ledger to write it.
std::vector<cli::Option> ledger_options(LedgerOptions& options);
/// The same, of one that commits.
std::vector<cli::Option> commit_options(LedgerOptions& options);
std::vector<cli::Option> key_options(KeyOptions& options);
std::vector<cli::Option> trust_options(TrustOptions& options);
/// Of a verb that reads a log.
std::vector<cli::Option> log_options(LogOptions& options);

} // namespace albs::notarize
