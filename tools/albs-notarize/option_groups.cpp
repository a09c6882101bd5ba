// SPDX-License-Identifier: GPL-3.0-or-later
#include "option_groups.hpp"

namespace albs::notarize {

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

cli::Option timeout_option(std::string& timeout)
{
    return {.names = "--timeout",
            .value = "TIME",
            .help = "give up on an answer from the network after so long: 90s, 5m; default: 5m",
            .target = &timeout,
            .local = true};
}

List commit_options(LedgerOptions& options)
{
    return cli::joined({ledger_options(options),
                        {{.names = "--policy",
                          .value = "FILE",
                          .help = "publish when the witnesses of this policy have cosigned, see albs-policy(5)",
                          .target = &options.policy,
                          .local = true},
                         timeout_option(options.timeout)}});
}

cli::Option statement_key_option(std::string& key)
{
    return {.names = "--statement-key",
            .value = "FILE|URI",
            .help = "sign statements with this key (default: the ledger's own)",
            .target = &key,
            .local = true};
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
    return cli::joined(
        {cli::trust_options(options.log),
         {remember_option(options.remember),
          {.names = "--checkpoint",
           .value = "FILE",
           .help = "a checkpoint of the log, from somewhere else: say that the log contradicts it if it does",
           .target = &options.checkpoint,
           .local = true}}});
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

} // namespace albs::notarize
