// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/format.hpp"
#include "ledger_writer.hpp"
#include "options.hpp"

namespace albs::notarize {
namespace {

// NAME+ID, without the key.
std::string short_name(const Vkey& key)
{
    const std::string text = key.text();
    return text.substr(0, text.find('+', text.find('+') + 1));
}

Status rotate(const RotateKeyOptions& options, LedgerWriter& writer, cli::Messages& messages, std::string& vkey)
{
    ALBS_TRY(Ledger ledger, writer.open());
    const bool had_old = ledger.has_old_key();
    Passphrases& passphrases = writer.passphrases();
    KeyChange change = KeyChange::made;
    if (options.drop_old) {
        ALBS_TRY(change, ledger.drop_old_key());
    } else {
        // The new keys are as well kept as the old ones.
        ALBS_TRY(std::string passphrase, passphrases.known());
        NewKeys keys{
            .log = options.keys.key, .statement = options.keys.statement_key, .passphrase = std::move(passphrase)};
        ALBS_TRY(change, ledger.rotate_keys(keys, passphrases.ask()));
    }
    vkey = ledger.vkey().text();
    if (change == KeyChange::finished)
        messages.note(options.drop_old ? "the old key was dropped by the run that was interrupted"
                                       : "finished the change of keys that was interrupted; run again, this makes "
                                         "another one");
    else if (!options.drop_old && had_old)
        messages.warning(format_text("'{}', which signed along, does not sign any more: who knows no later key cannot "
                                     "check what is new",
                                     short_name(ledger.vkeys().at(2))));
    return {};
}

Result<cli::Outcome> say_what_would_be_done(const RotateKeyOptions& options, const LedgerWriter& writer,
                                            cli::Messages& messages)
{
    ALBS_CHECK(writer.check_place());
    ALBS_TRY(KeyChange change, Ledger::expected_key_change(writer.directory(), options.drop_old));
    if (change == KeyChange::finished)
        messages.note("would finish the change of keys that was interrupted");
    else
        messages.note(options.drop_old ? "would drop the old key" : "would make new keys");
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
}

} // namespace

Result<cli::Outcome> rotate_key(const RotateKeyOptions& options, cli::Context& context, KeyChangeMade& made)
{
    LedgerWriter writer(options.ledger, context);
    ALBS_CHECK(writer.prepare());
    if (context.dry_run())
        return say_what_would_be_done(options, writer, context.messages);
    std::string vkey;
    ALBS_CHECK(rotate(options, writer, context.messages, vkey));
    ALBS_CHECK(writer.have_witnessed());
    made = {.ledger = writer.directory(), .vkey = vkey};
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = vkey + "\n"};
}

} // namespace albs::notarize
