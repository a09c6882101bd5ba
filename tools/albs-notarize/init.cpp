// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/ledger.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "log_location.hpp"
#include "options.hpp"
#include "passphrases.hpp"
#include "sys/file.hpp"

namespace albs::notarize {

Result<cli::Outcome> init(const InitOptions& options, cli::Context& context, Manifest&)
{
    if (!context.operands.empty())
        return fail(Kind::usage, "init takes no operand '" + context.operands.front() + "'",
                    "name the directory with --ledger");
    ALBS_TRY(Profile profile, parse_profile(options.profile));
    if (profile == Profile::sigsum ? !options.origin.empty() : !is_note_name(options.origin))
        return fail(Kind::usage,
                    profile == Profile::sigsum ? "--origin cannot be chosen for the sigsum profile"
                                               : "init needs --origin, without spaces and '+'",
                    profile == Profile::sigsum ? "Sigsum names a log after its key" : "--origin log.example.org");
    std::string directory = ledger_path(options.ledger.ledger, context);
    if (context.dry_run()) {
        context.messages.note("would make a ledger in '" + directory + "'");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    ALBS_TRY(directory, sys::absolute_path(directory));
    Passphrases passphrases(options.ledger.passphrase_fd);
    ALBS_TRY(std::string for_new_keys, passphrases.known());
    ALBS_CHECK(Ledger::init(directory, {.origin = options.origin,
                                        .profile = profile,
                                        .created = format_time(current_time()),
                                        .keys = {.log = options.keys.key,
                                                 .statement = options.keys.statement_key,
                                                 .passphrase = for_new_keys},
                                        .ask = passphrases.ask(),
                                        .remember = options.ledger.remember,
                                        .any_file_system = options.any_file_system}));
    ALBS_TRY(LogSettings settings, read_log_settings(directory));
    context.messages.note(format_text("made the ledger '{}' in '{}'", settings.origin, directory));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = settings.vkeys.front() + "\n"};
}

} // namespace albs::notarize
