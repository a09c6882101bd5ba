// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger_writer.hpp"
#include "options.hpp"

namespace albs::notarize {
namespace {

// The key that signs from now on.
Result<std::string> rotate(const RotateKeyOptions& options, LedgerWriter& writer)
{
    ALBS_TRY(Ledger ledger, writer.open());
    Passphrases& passphrases = writer.passphrases();
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
    return ledger.vkey().text();
}

} // namespace

Result<cli::Outcome> rotate_key(const RotateKeyOptions& options, cli::Context& context, Manifest&)
{
    if (context.dry_run()) {
        context.messages.note(options.drop_old ? "would drop the old key" : "would make new keys");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    LedgerWriter writer(options.ledger, context);
    ALBS_CHECK(writer.prepare());
    ALBS_TRY(std::string vkey, rotate(options, writer));
    ALBS_CHECK(writer.have_witnessed());
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = vkey + "\n"};
}

} // namespace albs::notarize
