// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize mark: changes the status of something that was recorded. Its entry stays in the log.
#include "albs/ledger/ledger.hpp"
#include "albs/statement/status.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "log_location.hpp"
#include "options.hpp"
#include "passphrases.hpp"

namespace albs::notarize {

Result<cli::Outcome> mark(const MarkOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1 || !from_hex(context.operands.front()))
        return fail(Kind::usage, "mark takes one digest in lower-case hexadecimal",
                    "albs-notarize mark DIGEST --status revoked --reason TEXT");
    if (options.reason.empty())
        return fail(Kind::usage, "no reason was given", "say why with --reason; it is recorded for ever");
    const std::string& digest = context.operands.front();
    if (context.dry_run()) {
        context.messages.note("would mark it " + options.status, digest);
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    Passphrases passphrases(options.ledger.passphrase_fd);
    ALBS_TRY(Ledger ledger, Ledger::open(ledger_path(options.ledger.ledger, context), passphrases.ask(), options.ledger.remember));
    ALBS_TRY(std::vector<std::uint64_t> before, ledger.about(digest));
    if (before.empty())
        return fail(Kind::input, "the ledger has no statement about " + digest,
                    "only what was recorded can be marked: albs-notarize show DIGEST");
    Json named = Json::object({{digest.size() == 40 ? "gitCommit" : "sha256", digest}});
    Json statement = Json::object(
        {{"_type", "https://in-toto.io/Statement/v1"},
         {"subject", Json::array({Json::object({{"digest", std::move(named)}})})},
         {"predicateType", status_type},
         {"predicate", Json::object({{"albs_status", options.status},
                                     {"reason", options.reason},
                                     {"time", format_time(current_time())}})}});
    ALBS_TRY(std::vector<RecordedStatement> appended, ledger.append({statement}));
    context.messages.note("entry " + std::to_string(appended.front().index) + " says that it is " + options.status,
                          digest);
    return cli::Outcome{.verdict = cli::Verdict::yes,
                        .document = ledger.settings().origin + "#" + std::to_string(appended.front().index) + "\n"};
}

} // namespace albs::notarize
