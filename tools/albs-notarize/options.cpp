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

cli::Option log_key_option(Options& options, bool required)
{
    return {.names = "--log-key",
            .value = "FILE",
            .help = "the verifier key of the log to trust, its log.vkey",
            .target = &options.log_key,
            .required = required,
            .local = true};
}

cli::Command append_command(Options& options)
{
    return {.name = "",
            .summary = "record what is new in a manifest in the ledger, in one commit",
            .operands = "[MANIFEST]...",
            .input = cli::Input::manifests,
            .options = {ledger_option(options)},
            .examples = {"albs-fetch https://git.example.org/rpms/which.git#c9 | albs-notarize >which.json"},
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
            .operands = "[FILE|MANIFEST]...",
            .input = cli::Input::either,
            .options = {log_key_option(options, true)},
            .examples = {"albs-notarize verify --log-key log.vkey which.json",
                         "albs-notarize verify --log-key log.vkey which.json which-2.21-30.el9.x86_64.rpm"},
            .run = [&options](cli::Context& context, Manifest& manifest) {
                return verify(options, context, manifest);
            }};
}

} // namespace

cli::Tool tool(Options& options)
{
    return {.name = "albs-notarize",
            .summary = "record packages in a transparency log, and check such records",
            .commands = {append_command(options), init_command(options), verify_command(options)}};
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
