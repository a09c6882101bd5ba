// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/ledger.hpp"
#include "log_location.hpp"
#include "options.hpp"
#include "passphrases.hpp"

namespace albs::notarize {

Result<cli::Outcome> rotate_key(const RotateKeyOptions& options, cli::Context& context, Manifest&)
{
    if (context.dry_run()) {
        context.messages.note(options.drop_old ? "would drop the old key" : "would make new keys");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    Passphrases passphrases(options.ledger.passphrase_fd);
    ALBS_TRY(Ledger ledger, Ledger::open(ledger_path(options.ledger.ledger, context), passphrases.ask(), options.ledger.remember));
    if (options.drop_old) {
        ALBS_CHECK(ledger.drop_old_key());
    } else {
        // The new keys are as well kept as the old ones.
        ALBS_TRY(std::string passphrase, passphrases.known());
        NewKeys keys{.log = options.keys.key,
                     .statement = options.keys.statement_key,
                     .passphrase = std::move(passphrase)};
        ALBS_CHECK(ledger.rotate_keys(keys, passphrases.ask()));
    }
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = ledger.vkey().text() + "\n"};
}

} // namespace albs::notarize
