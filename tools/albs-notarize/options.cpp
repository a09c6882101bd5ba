// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include <cstdlib>

namespace albs::notarize {
namespace {

cli::Option ledger_option(Options& options)
{
    return {.names = "--ledger",
            .value = "DIR",
            .help = "the ledger (default: $ALBS_LEDGER, else ledger in the workspace)",
            .target = &options.ledger,
            .local = true};
}

cli::Option log_key_option(Options& options)
{
    return {.names = "--log-key",
            .value = "FILE",
            .help = "the verifier key of the log to trust, its log.vkey",
            .target = &options.log_key,
            .local = true};
}

cli::Option policy_option(Options& options)
{
    return {.names = "--policy",
            .value = "FILE",
            .help = "logs to trust and witnesses to ask for, see albs-policy(5); instead of --log-key",
            .target = &options.policy,
            .local = true};
}

cli::Option read_ledger_option(Options& options)
{
    cli::Option option = ledger_option(options);
    option.value = "DIR|URL";
    return option;
}

cli::Option timeout_option(Options& options)
{
    return {.names = "--timeout",
            .value = "TIME",
            .help = "give up on an answer from the network after so long: 90s, 5m; default: 5m",
            .target = &options.timeout,
            .local = true};
}

cli::Option passphrase_option(Options& options)
{
    return {.names = "--passphrase-fd",
            .value = "N",
            .help = "read the passphrase of the keys from this descriptor (default: ask on the terminal)",
            .target = &options.passphrase_fd,
            .local = true};
}

// The keys that init and rotate-key take instead of making them.
std::vector<cli::Option> key_options(Options& options)
{
    return {{.names = "--key",
             .value = "FILE|URI",
             .help = "sign checkpoints with this Ed25519 key, in a file or behind a pkcs11: URI (default: a new one)",
             .target = &options.key, .local = true},
            {.names = "--statement-key",
             .value = "FILE|URI",
             .help = "sign statements with this P-256 key (Ed25519 for sigsum; default: a new one)",
             .target = &options.statement_key, .local = true},
            passphrase_option(options)};
}

cli::Command with(cli::Command command, const std::vector<cli::Option>& more)
{
    command.options.insert(command.options.end(), more.begin(), more.end());
    return command;
}

cli::Command append_command(Options& options)
{
    return {.name = "",
            .summary = "record what is new in a manifest in the ledger, in one commit",
            .operands = "[MANIFEST]...",
            .input = cli::Input::manifests,
            .options = {ledger_option(options), passphrase_option(options)},
            .examples = {"albs-notarize <which.json >which.notarized.json"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return append(options, context, manifest);
            }};
}

cli::Command init_command(Options& options)
{
    return {.name = "init",
            .summary = "make a ledger, with its keys, and print its verifier key",
            .operands = "",
            .input = cli::Input::operands,
            .options = {ledger_option(options),
                        {.names = "--origin",
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
                         .local = true}},
            .examples = {"albs-notarize init --origin log.example.org"},
            .run = [&options](cli::Context& context, Manifest& manifest) { return init(options, context, manifest); }};
}

cli::Command verify_command(Options& options)
{
    return {.name = "verify",
            .summary = "check, offline, what the ledger says of files and manifests",
            .operands = "[FILE|MANIFEST|DIR]...",
            .input = cli::Input::either,
            .options = {log_key_option(options), policy_option(options), read_ledger_option(options),
                        timeout_option(options),
                        {.names = "--require-status",
                         .value = "",
                         .help = "say no unless the log was looked through for revocations",
                         .target = &options.require_status},
                        {.names = "--require-history",
                         .value = "",
                         .help = "say no unless every commit that led to a source is in the log",
                         .target = &options.require_history}},
            .examples = {"albs-notarize verify --log-key log.vkey which.json",
                         "albs-notarize verify --log-key log.vkey which.json which-2.21-30.x86_64.rpm"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return verify(options, context, manifest);
            }};
}

cli::Command audit_command(Options& options)
{
    return {.name = "audit",
            .summary = "make the whole log again from its entries and report every inconsistency",
            .operands = "[DIR|URL]",
            .input = cli::Input::operands,
            .options = {log_key_option(options), policy_option(options), timeout_option(options)},
            .examples = {"albs-notarize audit --log-key log.vkey /srv/ledger",
                         "albs-notarize audit --log-key log.vkey https://log.example.org/"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return audit(options, context, manifest);
            }};
}

cli::Command show_command(Options& options)
{
    return {.name = "show",
            .summary = "print every statement about a digest",
            .operands = "DIGEST",
            .input = cli::Input::operands,
            .options = {read_ledger_option(options), log_key_option(options), policy_option(options),
                        timeout_option(options)},
            .examples = {"albs-notarize show $(sha256sum which.rpm | cut -d' ' -f1)"},
            .run = [&options](cli::Context& context, Manifest& manifest) { return show(options, context, manifest); }};
}

cli::Command export_command(Options& options)
{
    return {.name = "export",
            .summary = "write the proofs of a manifest beside the files that they are about",
            .operands = "DIR [MANIFEST]...",
            .input = cli::Input::operands,
            .options = {log_key_option(options), policy_option(options), read_ledger_option(options),
                        timeout_option(options),
                        {.names = "--repodata",
                         .value = "FILE",
                         .help = "also write all proofs into one file, for modifyrepo_c",
                         .target = &options.repodata,
                         .local = true}},
            .examples = {"albs-notarize export --log-key log.vkey packages <which.json"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return export_proofs(options, context, manifest);
            }};
}

cli::Command mark_command(Options& options)
{
    return {.name = "mark",
            .summary = "record that something recorded is revoked, superseded or valid again",
            .operands = "DIGEST",
            .input = cli::Input::operands,
            .options = {ledger_option(options),
                        {.names = "--status",
                         .value = "WORD",
                         .help = "what it is from now on",
                         .target = &options.status,
                         .choices = {"revoked", "superseded", "valid"}},
                        {.names = "--reason",
                         .value = "TEXT",
                         .help = "why, for ever",
                         .target = &options.reason},
                        passphrase_option(options)},
            .examples = {"albs-notarize mark DIGEST --reason 'built with a broken compiler'"},
            .run = [&options](cli::Context& context, Manifest& manifest) { return mark(options, context, manifest); }};
}

cli::Command commits_command(Options& options)
{
    return {.name = "commits",
            .summary = "record the commits of a dist-git repository, each with its parents",
            .operands = "REPO [RANGE]",
            .input = cli::Input::operands,
            .options = {ledger_option(options),
                        {.names = "--url",
                         .value = "URL",
                         .help = "where the repository is for others (default: REPO)",
                         .target = &options.url},
                        passphrase_option(options)},
            .examples = {"albs-notarize commits which.git c9",
                         "albs-notarize commits --url https://git.example.org/rpms/which.git which v1..c9"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return commits(options, context, manifest);
            }};
}

cli::Command witness_command(Options& options)
{
    return {.name = "witness",
            .summary = "ask a witness to cosign the checkpoint, and keep what verifies",
            .operands = "URL",
            .input = cli::Input::operands,
            .options = {ledger_option(options),
                        {.names = "--witness-key",
                         .value = "FILE",
                         .help = "the witness's verifier key",
                         .target = &options.witness_key,
                         .required = true,
                         .local = true},
                        timeout_option(options), passphrase_option(options)},
            .examples = {"albs-notarize witness --witness-key w.vkey https://witness.example.org/"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return witness(options, context, manifest);
            }};
}

cli::Command rotate_key_command(Options& options)
{
    return {.name = "rotate-key",
            .summary = "give the ledger new keys; the old one signs along for a while",
            .operands = "",
            .input = cli::Input::operands,
            .options = {ledger_option(options),
                        {.names = "--drop-old",
                         .value = "",
                         .help = "make no new keys, let the old one sign no longer",
                         .target = &options.drop_old}},
            .examples = {"albs-notarize rotate-key", "albs-notarize rotate-key --drop-old"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return rotate_key(options, context, manifest);
            }};
}

cli::Command files_command(Options& options)
{
    return {.name = "files",
            .summary = "record any files, an ISO image say",
            .operands = "FILE...",
            .input = cli::Input::operands,
            .options = {ledger_option(options), passphrase_option(options)},
            .examples = {"albs-notarize files AlmaLinux-9-x86_64.iso >iso.json"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return files(options, context, manifest);
            }};
}

} // namespace

cli::Tool tool(Options& options)
{
    return {.name = "albs-notarize",
            .summary = "record packages in a transparency log, and check such records",
            .commands = {append_command(options), with(init_command(options), key_options(options)), verify_command(options),
                         audit_command(options), show_command(options), export_command(options), files_command(options),
                         mark_command(options), commits_command(options), witness_command(options),
                         with(rotate_key_command(options), key_options(options))}};
}

std::string ledger_path(const Options& options, const cli::Context& context)
{
    if (!options.ledger.empty())
        return options.ledger;
    const char* configured = std::getenv("ALBS_LEDGER");
    if (configured != nullptr && *configured != '\0')
        return configured;
    return context.workspace_path() + "/ledger";
}

} // namespace albs::notarize
