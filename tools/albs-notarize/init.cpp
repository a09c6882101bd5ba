// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/ledger.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "init_from.hpp"
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
    if (!options.from.empty())
        return init_from(options, context);
    if (!options.checkpoint.empty())
        return fail(Kind::usage, "--checkpoint is for a log that is there already: give --from, too");
    ALBS_TRY(Profile profile, parse_profile(options.profile));
    if (profile == Profile::sigsum && !options.origin.empty())
        return fail(Kind::usage, "--origin cannot be chosen for the sigsum profile",
                    "Sigsum names a log after its key");
    if (profile != Profile::sigsum)
        ALBS_CHECK(check_new_origin(options.origin));
    std::string directory = ledger_path(options.ledger.ledger, context);
    if (context.dry_run()) {
        context.messages.note("would make a ledger in '" + directory + "'");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    ALBS_TRY(directory, sys::absolute_path(directory));
    Passphrases passphrases(options.ledger.passphrase_fd);
    ALBS_TRY(std::string for_new_keys, passphrases.known());
    ALBS_CHECK(Ledger::init(
        directory,
        {.origin = options.origin,
         .profile = profile,
         .created = format_time(current_time()),
         .keys = {.log = options.keys.key, .statement = options.keys.statement_key, .passphrase = for_new_keys},
         .ask = passphrases.ask(),
         .remember = options.ledger.remember,
         .any_file_system = options.any_file_system}));
    ALBS_TRY(LogSettings settings, read_log_settings(directory));
    context.messages.note(format_text("made the ledger '{}' in '{}'", settings.origin, directory));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = settings.vkeys.front() + "\n"};
}

} // namespace albs::notarize
