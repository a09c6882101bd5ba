// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize audit: the whole log, made again from its entries and compared.
#include "albs/audit/audit.hpp"

#include "base/format.hpp"
#include "base/visible.hpp"
#include "log_location.hpp"

namespace albs::notarize {

Result<cli::Outcome> audit(const AuditOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() > 1)
        return fail(Kind::usage, "audit takes one log", "albs-notarize audit DIR|URL --log-key FILE");
    std::string text = context.operands.empty() ? ledger_path("", context) : context.operands.front();
    ALBS_TRY(LogLocation place, log_place(text, options.timeout, Copies::none));
    ALBS_TRY(Policy policy, trusted(options.trust));
    auto progress = [&](std::uint64_t done, std::uint64_t total) {
        context.messages.progress("auditing", static_cast<std::int64_t>(done), static_cast<std::int64_t>(total),
                                  "entries");
    };
    // What this machine remembers comes first: a log that was rolled back is consistent in itself.
    Result<LogView> view = open_log(options.trust, policy, place, true);
    if (!view && view.error().kind != Kind::trust && view.error().kind != Kind::input)
        return tl::unexpected<Error>(std::move(view).error());
    ALBS_TRY(Audit audit, audit_log(place.fetch, policy, place.remote ? "" : text, progress));
    if (!view && view.error().kind == Kind::trust && audit.problems.empty()) {
        if (!context.dry_run()) // once more, to save what proves it
            view = open_log(options.trust, policy, place, false);
        return tl::unexpected<Error>(std::move(view).error());
    }
    for (const std::string& problem : audit.problems)
        context.messages.warning(problem, text);
    if (!audit.problems.empty())
        return fail(Kind::trust, format_text("'{}' has {} inconsistencies", text, audit.problems.size()),
                    "the first: " + audit.problems.front());
    for (const std::string& name : audit.missing)
        context.messages.warning("missing " + name, text);
    if (!audit.missing.empty())
        return fail(Kind::input,
                    format_text("'{}' is not whole: {} of its files are missing", text, audit.missing.size()),
                    "the first: " + audit.missing.front());
    ALBS_TRY(const LogView seen, std::move(view));
    if (!context.dry_run()) {
        ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(options.trust.remember));
        ALBS_CHECK(memory.keep({.checkpoint = seen.checkpoint, .note = seen.note}, policy.keys(), true));
    }
    std::string counts = format_text("{} entries={} statements={}", escape_hidden(policy.logs().front().key.name),
                                     audit.entries, audit.statements);
    if (audit.withheld == 0)
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = format_text("consistent {}\n", counts)};
    return cli::Outcome{.verdict = cli::Verdict::no,
                        .document = format_text("withheld {} withheld={}\n", counts, audit.withheld)};
}

} // namespace albs::notarize
