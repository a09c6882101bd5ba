// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include "option_groups.hpp"

namespace albs::notarize {
namespace {

cli::Command append_command(LedgerOptions& options)
{
    return {.name = "",
            .summary = "record what is new in a manifest in the ledger, in one commit",
            .operands = "[MANIFEST]...",
            .input = cli::Input::manifests,
            .options = cli::joined({commit_options(options), {statement_key_option(options.statement_key)}}),
            .examples = {"albs-notarize <which.json >which.notarized.json"},
            .run = cli::bound(options, append)};
}

cli::Command init_command(InitOptions& options)
{
    return {.name = "init",
            .summary = "make a ledger, with its keys, and print its verifier key",
            .operands = "",
            .input = cli::Input::operands,
            .options =
                cli::joined({ledger_options(options.ledger),
                             key_options(options.keys),
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
                               .local = true},
                              {.names = "--from",
                               .value = "DIR|URL",
                               .help = "make a writer again for a log of which this is a copy of the public files",
                               .target = &options.from,
                               .local = true},
                              {.names = "--checkpoint",
                               .value = "FILE",
                               .help = "with --from: a checkpoint of the log, from somewhere else: refuse if the log "
                                       "contradicts it",
                               .target = &options.checkpoint,
                               .local = true},
                              timeout_option(options.timeout)}}),
            .examples = {"albs-notarize init --origin log.example.org",
                         "albs-notarize init --from https://mirror.example.org/ --key log.pem --statement-key s.pem"},
            .run = cli::bound(options, init)};
}

cli::Command verify_command(VerifyOptions& options)
{
    return {.name = "verify",
            .summary = "check, offline, what the ledger says of files and manifests",
            .operands = "[FILE|MANIFEST|DIR]...",
            .input = cli::Input::either,
            .options =
                cli::joined({log_options(options.log),
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

cli::Command reproduced_command(ReproducedOptions& options)
{
    return {.name = "reproduced",
            .summary = "check, offline, whether enough rebuilders say that files came out the same",
            .operands = "[FILE|MANIFEST|DIR]...",
            .input = cli::Input::either,
            .options = {{.names = "--policy",
                         .value = "FILE",
                         .help = "logs and rebuilders to trust, and how many of these it takes, see albs-policy(5)",
                         .target = &options.trust.log.policy,
                         .required = true,
                         .local = true},
                        {.names = "--ledger",
                         .value = "DIR|URL",
                         .help = "also look through this log of the policy; repeatable",
                         .target = &options.ledgers,
                         .local = true},
                        timeout_option(options.timeout),
                        remember_option(options.trust.remember)},
            .examples = {"albs-notarize reproduced --policy rebuilders.policy a.json b.json which-2.21-30.x86_64.rpm"},
            .run = cli::bound(options, reproduced)};
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
            .operands = "DIGEST",
            .input = cli::Input::operands,
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
            .operands = "DIGEST",
            .input = cli::Input::operands,
            .options = cli::joined(
                {commit_options(options.ledger),
                 {statement_key_option(options.ledger.statement_key)},
                 {{.names = "--status",
                   .value = "WORD",
                   .help = "what it is from now on",
                   .target = &options.status,
                   .choices = {"revoked", "superseded", "valid"}},
                  {.names = "--reason", .value = "TEXT", .help = "why, for ever", .target = &options.reason}}}),
            .examples = {"albs-notarize mark DIGEST --reason 'built with a broken compiler'"},
            .run = cli::bound(options, mark)};
}

cli::Command commits_command(CommitsOptions& options)
{
    return {.name = "commits",
            .summary = "record the commits of a dist-git repository, each with its parents",
            .operands = "REPO [RANGE]",
            .input = cli::Input::operands,
            .options = cli::joined({commit_options(options.ledger),
                                    {statement_key_option(options.ledger.statement_key)},
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
            .options = cli::joined({ledger_options(options.ledger),
                                    {timeout_option(options.ledger.timeout)},
                                    {{.names = "--witness-key",
                                      .value = "FILE",
                                      .help = "the witness's verifier key",
                                      .target = &options.witness_key,
                                      .required = true,
                                      .local = true}}}),
            .examples = {"albs-notarize witness --witness-key w.vkey https://witness.example.org/"},
            .run = cli::bound(options, witness)};
}

cli::Command rotate_key_command(RotateKeyOptions& options, KeyChangeMade& made)
{
    return {.name = "rotate-key",
            .summary = "give the ledger new keys; the old one signs along for a while",
            .operands = "",
            .input = cli::Input::operands,
            .options = cli::joined({commit_options(options.ledger),
                                    key_options(options.keys),
                                    {{.names = "--drop-old",
                                      .value = "",
                                      .help = "make no new keys, let the old one sign no longer",
                                      .target = &options.drop_old}}}),
            .examples = {"albs-notarize rotate-key", "albs-notarize rotate-key --drop-old"},
            .run = [&options, &made](cli::Context& context, Manifest&) { return rotate_key(options, context, made); }};
}

cli::Command files_command(LedgerOptions& options)
{
    return {.name = "files",
            .summary = "record any files, an ISO image say",
            .operands = "FILE|DIR...",
            .input = cli::Input::operands,
            .options = cli::joined({commit_options(options), {statement_key_option(options.statement_key)}}),
            .examples = {"albs-notarize files AlmaLinux-9-x86_64.iso >iso.json"},
            .run = cli::bound(options, files)};
}

} // namespace

cli::Tool tool(Options& options)
{
    return {.name = "albs-notarize",
            .summary = "record packages in a transparency log, and check such records",
            .commands = {append_command(options.append), init_command(options.init), verify_command(options.verify),
                         reproduced_command(options.reproduced), audit_command(options.audit),
                         show_command(options.show), prove_command(options.prove),
                         export_command(options.export_proofs), files_command(options.files),
                         mark_command(options.mark), commits_command(options.commits), witness_command(options.witness),
                         rotate_key_command(options.rotate_key, options.key_change)}};
}

} // namespace albs::notarize
