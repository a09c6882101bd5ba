// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize show: every statement about a digest, in the order of the log. All of them: a package that was revoked
// has two.
#include "base/bytes.hpp"
#include "log_location.hpp"
#include "log_search.hpp"

namespace albs::notarize {
namespace {

Json shown(const FoundStatement& found)
{
    Json entry = Json::object({{"index", static_cast<std::int64_t>(found.index)}});
    for (std::string_view member : {"predicateType", "subject", "predicate"})
        if (const Json* value = found.statement.find(member))
            entry.set(member, *value);
    return entry;
}

} // namespace

Result<cli::Outcome> show(const LogOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1 || !from_hex(context.operands.front()))
        return fail(Kind::usage, "show takes one digest in lower-case hexadecimal",
                    "albs-notarize show \"$(sha256sum FILE | cut -d' ' -f1)\"");
    const std::string& digest = context.operands.front();
    ALBS_TRY(LogLocation place, log_place(ledger_path(options.ledger, context), options.timeout, copies_of(context)));
    ALBS_TRY(Policy policy, trusted_or_own(options.trust, place));
    ALBS_TRY(LogView view, open_log(options.trust, policy, place, context.dry_run()));
    ALBS_TRY(std::vector<FoundStatement> found, find_statements(view, digest));
    Json entries = Json::array();
    for (const FoundStatement& one : found)
        entries.push(shown(one));
    if (found.empty())
        context.messages.warning("no statement in the log is about it", digest);
    Json document = Json::object({{"log", view.checkpoint.origin},
                                  {"size", static_cast<std::int64_t>(view.checkpoint.size)},
                                  {"digest", digest},
                                  {"entries", std::move(entries)}});
    return cli::Outcome{.verdict = found.empty() ? cli::Verdict::no : cli::Verdict::yes,
                        .document = write_pretty_json(document) + "\n"};
}

} // namespace albs::notarize
