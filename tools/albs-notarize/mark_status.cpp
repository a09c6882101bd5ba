// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize mark: changes the status of something that was recorded. Its entry stays in the log.
#include <algorithm>

#include "albs/log/directory.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/status.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "base/visible.hpp"
#include "ledger_writer.hpp"
#include "log_search.hpp"
#include "new_drafts.hpp"
#include "options.hpp"

namespace albs::notarize {
namespace {

constexpr std::size_t max_reason = 4096; // bytes

/// The last change of status that is stated about the digest, if it says this and was signed by the key that signs
/// now: a mark that was cut short is run again. Another one may have changed it meanwhile, so older ones do not count.
Result<std::optional<Json>> said_already(Ledger& ledger, const std::vector<std::uint64_t>& entries,
                                         const MarkOptions& options)
{
    for (auto at = entries.rbegin(); at != entries.rend(); ++at) {
        ALBS_TRY(RecordedStatement recorded, ledger.recorded(*at));
        if (recorded.envelope.empty()) // withheld: nobody knows what it said
            return std::optional<Json>();
        ALBS_TRY(Json line, read_json(recorded.envelope));
        ALBS_TRY(Envelope envelope, Envelope::from(line));
        ALBS_TRY(Json statement, read_json(envelope.payload));
        std::optional<StatusChange> change = status_of(statement);
        if (!change)
            continue;
        ALBS_TRY(PublicKey signer, check_leaf(recorded.entry, envelope));
        if (change->status == options.status && change->reason == options.reason &&
            signer.fingerprint().hex() == ledger.statement_signer().key)
            return std::optional<Json>(std::move(statement));
        return std::optional<Json>();
    }
    return std::optional<Json>();
}

/// "after" tells two changes apart that say the same at the same time, with another one between them.
Json status_statement(const std::string& digest, const MarkOptions& options, std::uint64_t after)
{
    Json named = Json::object({{digest.size() == 40 ? "gitCommit" : "sha256", digest}});
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                         {"subject", Json::array({Json::object({{"digest", std::move(named)}})})},
                         {"predicateType", status_type},
                         {"predicate", Json::object({{"albs_status", options.status},
                                                     {"reason", options.reason},
                                                     {"time", format_time(current_time())},
                                                     {"after", static_cast<std::int64_t>(after)}})}});
}

// It can never be changed, whatever a terminal makes of it.
Status check_reason(const std::string& reason)
{
    if (reason.empty())
        return fail(Kind::usage, "no reason was given", "say why with --reason; it is recorded for ever");
    if (!is_visible(reason))
        return fail(Kind::usage, "--reason has a control character, or one that is not visible, or is not in UTF-8",
                    "one line of text, which is recorded for ever");
    if (reason.size() > max_reason)
        return fail(Kind::usage, format_text("--reason has {} bytes; {} at most", reason.size(), max_reason),
                    "every list of statuses repeats it");
    return {};
}

tl::unexpected<Error> never_recorded(const std::string& digest)
{
    return fail(Kind::input, "the ledger has no statement about " + digest,
                "only what was recorded can be marked: albs-notarize show DIGEST");
}

Result<cli::Outcome> say_what_would_be_done(const MarkOptions& options, LedgerWriter& writer, const std::string& digest,
                                            cli::Messages& messages)
{
    ALBS_TRY(StatementSigner signer, writer.expected_signer());
    ALBS_TRY(LogSettings settings, read_log_settings(writer.directory()));
    ALBS_TRY(std::vector<Vkey> keys, vkeys_of(settings));
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(writer.directory()), Policy::of(keys)));
    ALBS_TRY(std::vector<FoundStatement> found, find_statements(log, digest));
    if (found.empty())
        return never_recorded(digest);
    ALBS_CHECK(writer.check_accepted(signer.key, status_statement(digest, options, log.checkpoint.size)));
    messages.note("would mark it " + options.status, digest);
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
}

} // namespace

Result<cli::Outcome> mark(const MarkOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1 || !from_hex(context.operands.front()))
        return fail(Kind::usage, "mark takes one digest in lower-case hexadecimal",
                    "albs-notarize mark DIGEST --status revoked --reason TEXT");
    ALBS_CHECK(check_reason(options.reason));
    const std::string& digest = context.operands.front();
    LedgerWriter writer(options.ledger, context);
    ALBS_CHECK(writer.prepare());
    if (context.dry_run())
        return say_what_would_be_done(options, writer, digest, context.messages);
    ALBS_TRY(Ledger ledger, writer.open());
    ALBS_TRY(std::vector<std::uint64_t> before, ledger.about(digest));
    if (before.empty())
        return never_recorded(digest);
    ALBS_TRY(std::optional<Json> statement, said_already(ledger, before, options));
    if (!statement)
        statement = status_statement(digest, options, ledger.size());
    ALBS_TRY(std::vector<RecordedStatement> appended, writer.commit(ledger, {*std::move(statement)}));
    context.messages.note("entry " + std::to_string(appended.front().index) + " says that it is " + options.status,
                          digest);
    return cli::Outcome{.verdict = cli::Verdict::yes,
                        .document = ledger.settings().origin + "#" + std::to_string(appended.front().index) + "\n"};
}

} // namespace albs::notarize
