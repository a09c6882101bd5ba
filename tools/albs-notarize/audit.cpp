// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize audit: the whole log, made again from its entries and compared.
#include "albs/audit/audit.hpp"

#include "base/format.hpp"
#include "log_location.hpp"

namespace albs::notarize {

Result<cli::Outcome> audit(const AuditOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() > 1)
        return fail(Kind::usage, "audit takes one log", "albs-notarize audit DIR|URL --log-key FILE");
    std::string text = context.operands.empty() ? ledger_path("", context) : context.operands.front();
    ALBS_TRY(LogLocation place, log_place(text, options.timeout));
    ALBS_TRY(Policy policy, trusted(options.trust));
    auto progress = [&](std::uint64_t done, std::uint64_t total) {
        context.messages.progress("auditing", static_cast<std::int64_t>(done), static_cast<std::int64_t>(total),
                                  "entries");
    };
    ALBS_TRY(Audit audit, audit_log(place.fetch, policy, place.remote ? "" : text, progress));
    for (const std::string& problem : audit.problems)
        context.messages.warning(problem, text);
    if (!audit.problems.empty())
        return fail(Kind::trust, format_text("'{}' has {} inconsistencies", text, audit.problems.size()),
                    "the first: " + audit.problems.front());
    if (!context.dry_run())
        ALBS_CHECK(check_and_remember(policy, place));
    return cli::Outcome{.verdict = cli::Verdict::yes,
                        .document = format_text("consistent {} entries={} statements={}\n",
                                                policy.logs().front().key.name, audit.entries, audit.statements)};
}

} // namespace albs::notarize
