// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

namespace albs::notarize {
namespace {

using List = std::vector<cli::Option>;

cli::Option remember_option(std::string& directory)
{
    return {.names = "--remember",
            .value = "DIR",
            .help = "what this machine has seen of logs (default: $ALBS_REMEMBER, else albs/heads in $XDG_STATE_HOME)",
            .target = &directory,
            .local = true};
}

List ledger_options(LedgerOptions& options)
{
    return {{.names = "--ledger",
             .value = "DIR",
             .help = "the ledger (default: $ALBS_LEDGER, else ledger in the workspace)",
             .target = &options.ledger,
             .local = true},
            {.names = "--passphrase-fd",
             .value = "N",
             .help = "read the passphrase of the keys from this descriptor (default: ask on the terminal)",
             .target = &options.passphrase_fd,
             .local = true},
            remember_option(options.remember)};
}

List key_options(KeyOptions& options)
{
    return {{.names = "--key",
             .value = "FILE|URI",
             .help = "sign checkpoints with this Ed25519 key, in a file or behind a pkcs11: URI (default: a new one)",
             .target = &options.key,
             .local = true},
            {.names = "--statement-key",
             .value = "FILE|URI",
             .help = "sign statements with this P-256 key (Ed25519 for sigsum; default: a new one)",
             .target = &options.statement_key,
             .local = true}};
}

List trust_options(TrustOptions& options)
{
    return {{.names = "--log-key",
             .value = "FILE",
             .help = "the verifier key of the log to trust, its log.vkey",
             .target = &options.log_key,
             .local = true},
            {.names = "--policy",
             .value = "FILE",
             .help = "logs to trust and witnesses to ask for, see albs-policy(5); instead of --log-key",
             .target = &options.policy,
             .local = true},
            remember_option(options.remember),
            {.names = "--checkpoint",
             .value = "FILE",
             .help = "a checkpoint of the log, from somewhere else: say that the log contradicts it if it does",
             .target = &options.checkpoint,
             .local = true}};
}

cli::Option timeout_option(std::string& timeout)
{
    return {.names = "--timeout",
            .value = "TIME",
            .help = "give up on an answer from the network after so long: 90s, 5m; default: 5m",
            .target = &timeout,
            .local = true};
}

List log_options(LogOptions& options)
{
    return cli::joined({trust_options(options.trust),
                   {{.names = "--ledger",
                     .value = "DIR|URL",
                     .help = "the ledger (default: $ALBS_LEDGER, else ledger in the workspace)",
                     .target = &options.ledger,
                     .local = true},
                    timeout_option(options.timeout)}});
}

cli::Command append_command(LedgerOptions& options)
{
    return {.name = "",
            .summary = "record what is new in a manifest in the ledger, in one commit",
            .operands = "[MANIFEST]...",
            .input = cli::Input::manifests,
            .options = ledger_options(options),
            .examples = {"albs-notarize <which.json >which.notarized.json"},
            .run = cli::bound(options, append)};
}

cli::Command init_command(InitOptions& options)
{
    return {.name = "init",
            .summary = "make a ledger, with its keys, and print its verifier key",
            .operands = "", .input = cli::Input::operands,
            .options = cli::joined({ledger_options(options.ledger), key_options(options.keys),
                               {{.names = "--origin",
                                 .value = "NAME",
                                 .help = "name of the log for ever: a host name, or a URL without its scheme",
                                 .target = &options.origin},
                                {.names = "--profile",
                                 .value = "PROFILE",
                                 .help = "what leaves hold: rekor, sigsum or raw",
                                 .target = &options.profile,
                                 .choices = {"rekor", "sigsum", "raw"}},
                                {.names = "--any-file-system",
                                 .value = "",
                                 .help = "accept a network file system, whose locks may not hold",
                                 .target = &options.any_file_system,
                                 .local = true}}}),
            .examples = {"albs-notarize init --origin log.example.org"},
            .run = cli::bound(options, init)};
}

cli::Command verify_command(VerifyOptions& options)
{
    return {.name = "verify",
            .summary = "check, offline, what the ledger says of files and manifests",
            .operands = "[FILE|MANIFEST|DIR]...",
            .input = cli::Input::either,
            .options = cli::joined({log_options(options.log),
                               {{.names = "--require",
                                 .value = "KIND,...",
                                 .help = "say no to a file unless a statement of each kind vouches for it: source, srpm, "
                                         "build, test, signature, release, file",
                                 .target = &options.require},
                                {.names = "--require-status",
                                 .value = "",
                                 .help = "say no unless the log was looked through for revocations",
                                 .target = &options.require_status},
                                {.names = "--require-history",
                                 .value = "",
                                 .help = "say no unless every commit that led to a source is in the log",
                                 .target = &options.require_history}}}),
            .examples = {"albs-notarize verify --log-key log.vkey which.json",
                         "albs-notarize verify --log-key log.vkey which.json which-2.21-30.x86_64.rpm"},
            .run = cli::bound(options, verify)};
}

cli::Command audit_command(AuditOptions& options)
{
    return {.name = "audit",
            .summary = "make the whole log again from its entries and report every inconsistency",
            .operands = "[DIR|URL]",
            .input = cli::Input::operands,
            .options = cli::joined({trust_options(options.trust), {timeout_option(options.timeout)}}),
            .examples = {"albs-notarize audit --log-key log.vkey /srv/ledger",
                         "albs-notarize audit --log-key log.vkey https://log.example.org/"},
            .run = cli::bound(options, audit)};
}

cli::Command show_command(LogOptions& options)
{
    return {.name = "show",
            .summary = "print every statement about a digest",
            .operands = "DIGEST", .input = cli::Input::operands,
            .options = log_options(options),
            .examples = {"albs-notarize show $(sha256sum which.rpm | cut -d' ' -f1)"},
            .run = cli::bound(options, show)};
}

cli::Command prove_command(LogOptions& options)
{
    return {.name = "prove",
            .summary = "renew the proofs of a manifest, to the log's present checkpoint",
            .operands = "[MANIFEST]...",
            .input = cli::Input::manifests,
            .options = log_options(options),
            .examples = {"albs-notarize prove --log-key log.vkey --ledger https://log.example.org/ <which.json"},
            .run = cli::bound(options, prove)};
}

cli::Command export_command(ExportOptions& options)
{
    return {.name = "export",
            .summary = "write the proofs of a manifest beside the files that they are about",
            .operands = "DIR [MANIFEST]...",
            .input = cli::Input::operands,
            .options = cli::joined({log_options(options.log),
                               {{.names = "--repodata",
                                 .value = "FILE",
                                 .help = "also write all proofs into one file, for modifyrepo_c",
                                 .target = &options.repodata,
                                 .local = true}}}),
            .examples = {"albs-notarize export --log-key log.vkey packages <which.json"},
            .run = cli::bound(options, export_proofs)};
}

cli::Command mark_command(MarkOptions& options)
{
    return {.name = "mark",
            .summary = "record that something recorded is revoked, superseded or valid again",
            .operands = "DIGEST", .input = cli::Input::operands,
            .options = cli::joined({ledger_options(options.ledger),
                               {{.names = "--status",
                                 .value = "WORD",
                                 .help = "what it is from now on",
                                 .target = &options.status,
                                 .choices = {"revoked", "superseded", "valid"}},
                                {.names = "--reason",
                                 .value = "TEXT",
                                 .help = "why, for ever",
                                 .target = &options.reason}}}),
            .examples = {"albs-notarize mark DIGEST --reason 'built with a broken compiler'"},
            .run = cli::bound(options, mark)};
}

cli::Command commits_command(CommitsOptions& options)
{
    return {.name = "commits",
            .summary = "record the commits of a dist-git repository, each with its parents",
            .operands = "REPO [RANGE]",
            .input = cli::Input::operands,
            .options = cli::joined({ledger_options(options.ledger),
                               {{.names = "--url",
                                 .value = "URL",
                                 .help = "where the repository is for others (default: REPO)",
                                 .target = &options.url}}}),
            .examples = {"albs-notarize commits which.git c9",
                         "albs-notarize commits --url https://git.example.org/rpms/which.git which v1..c9"},
            .run = cli::bound(options, commits)};
}

cli::Command witness_command(WitnessOptions& options)
{
    return {.name = "witness",
            .summary = "ask a witness to cosign the checkpoint, and keep what verifies",
            .operands = "URL",
            .input = cli::Input::operands,
            .options = cli::joined({ledger_options(options.ledger), {timeout_option(options.timeout)},
                               {{.names = "--witness-key",
                                 .value = "FILE",
                                 .help = "the witness's verifier key",
                                 .target = &options.witness_key,
                                 .required = true,
                                 .local = true}}}),
            .examples = {"albs-notarize witness --witness-key w.vkey https://witness.example.org/"},
            .run = cli::bound(options, witness)};
}

cli::Command rotate_key_command(RotateKeyOptions& options)
{
    return {.name = "rotate-key",
            .summary = "give the ledger new keys; the old one signs along for a while",
            .operands = "", .input = cli::Input::operands,
            .options = cli::joined({ledger_options(options.ledger), key_options(options.keys),
                               {{.names = "--drop-old",
                                 .value = "",
                                 .help = "make no new keys, let the old one sign no longer",
                                 .target = &options.drop_old}}}),
            .examples = {"albs-notarize rotate-key", "albs-notarize rotate-key --drop-old"},
            .run = cli::bound(options, rotate_key)};
}

cli::Command files_command(LedgerOptions& options)
{
    return {.name = "files",
            .summary = "record any files, an ISO image say",
            .operands = "FILE...",
            .input = cli::Input::operands,
            .options = ledger_options(options),
            .examples = {"albs-notarize files AlmaLinux-9-x86_64.iso >iso.json"},
            .run = cli::bound(options, files)};
}

} // namespace

cli::Tool tool(Options& options)
{
    return {.name = "albs-notarize",
            .summary = "record packages in a transparency log, and check such records",
            .commands = {append_command(options.append), init_command(options.init), verify_command(options.verify),
                         audit_command(options.audit), show_command(options.show), prove_command(options.prove),
                         export_command(options.export_proofs), files_command(options.files),
                         mark_command(options.mark), commits_command(options.commits),
                         witness_command(options.witness), rotate_key_command(options.rotate_key)}};
}

} // namespace albs::notarize
