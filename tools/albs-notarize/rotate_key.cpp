// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/ledger.hpp"
#include "options.hpp"

namespace albs::notarize {

Result<cli::Outcome> rotate_key(const Options& options, cli::Context& context, Manifest&)
{
    if (context.dry_run()) {
        context.messages.note(options.drop_old ? "would drop the old key" : "would make new keys");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    ALBS_TRY(Ledger ledger, Ledger::open(ledger_path(options, context)));
    ALBS_CHECK(ledger.rotate_keys(options.drop_old));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = ledger.vkey().text() + "\n"};
}

} // namespace albs::notarize
