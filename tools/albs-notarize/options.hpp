// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of albs-notarize and what their options fill: a struct for each verb, and one for each group of options
// that several have.
#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "cli/trust.hpp"

namespace albs::notarize {

/// Where a ledger is written, and how.
struct LedgerOptions {
    std::string ledger; ///< empty: $ALBS_LEDGER, else WORKSPACE/ledger
    std::string passphrase_fd;
    std::string remember;      ///< where heads of logs are remembered; empty: see CheckpointMemory::at()
    std::string policy;        ///< whose witnesses see a commit before it is published; empty: none
    std::string timeout;       ///< of a witness; empty: default_timeout
    std::string statement_key; ///< signs statements instead of the ledger's own
};

/// Keys to take instead of making them.
struct KeyOptions {
    std::string key;
    std::string statement_key;
};

struct TrustOptions {
    cli::TrustOptions log;
    std::string remember;   ///< as in LedgerOptions
    std::string checkpoint; ///< a file; the log has to extend it
};

/// A log that is read, here or over the network.
struct LogOptions {
    TrustOptions trust;
    std::string ledger;  ///< a directory or a URL
    std::string timeout; ///< empty: default_timeout
};

struct InitOptions {
    LedgerOptions ledger;
    KeyOptions keys;
    std::string origin;
    std::string profile = "rekor";
    bool any_file_system = false;
    std::string from;       ///< a directory or a URL
    std::string checkpoint; ///< as in TrustOptions
    std::string timeout;
};

struct VerifyOptions {
    LogOptions log;
    std::string require; ///< kinds of statements, separated by commas
    bool require_status = false;
    bool require_history = false;
};

struct ReproducedOptions {
    TrustOptions trust; ///< of it the policy, and what is remembered
    std::vector<std::string> ledgers;
    std::string timeout;
};

struct AuditOptions {
    TrustOptions trust;
    std::string timeout;
};

struct ExportOptions {
    LogOptions log;
    std::string repodata;
};

struct MarkOptions {
    LedgerOptions ledger;
    std::string status = "revoked";
    std::string reason;
};

struct CommitsOptions {
    LedgerOptions ledger;
    std::string url;
};

struct WitnessOptions {
    LedgerOptions ledger;
    std::string witness_key;
};

struct RotateKeyOptions {
    LedgerOptions ledger;
    KeyOptions keys;
    bool drop_old = false;
};

/// The change of keys that a run made: nobody knows the key until it was printed.
struct KeyChangeMade {
    std::string ledger; ///< empty: none
    std::string vkey;
};

/// Those of all verbs, each for its own.
struct Options {
    LedgerOptions append;
    InitOptions init;
    VerifyOptions verify;
    ReproducedOptions reproduced;
    AuditOptions audit;
    LogOptions show;
    LogOptions prove;
    ExportOptions export_proofs;
    LedgerOptions files;
    MarkOptions mark;
    CommitsOptions commits;
    WitnessOptions witness;
    RotateKeyOptions rotate_key;
    KeyChangeMade key_change;
};

cli::Tool tool(Options& options);

Result<cli::Outcome> append(const LedgerOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> init(const InitOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> audit(const AuditOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> show(const LogOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> prove(const LogOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> export_proofs(const ExportOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> files(const LedgerOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> commits(const CommitsOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> witness(const WitnessOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> rotate_key(const RotateKeyOptions& options, cli::Context& context, KeyChangeMade& made);
Result<cli::Outcome> mark(const MarkOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> reproduced(const ReproducedOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> verify(const VerifyOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::notarize
