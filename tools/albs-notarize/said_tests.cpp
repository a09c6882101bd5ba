// SPDX-License-Identifier: GPL-3.0-or-later
#include "said_tests.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "albs/statement/logged_statements.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/test_results.hpp"

namespace albs::notarize {
namespace {

/// What the log says about tests of one file.
struct Said {
    std::vector<TestStatement> statements;
    std::map<std::string, Json> by_text; ///< the last statement of each text without its time
};

// All that a statement about tests says but when they were done.
std::string without_time(const Json& statement)
{
    Json copy = statement;
    copy.find("predicate")->set("finishedOn", "");
    return canonical_json(copy);
}

Result<Said> said_about(Ledger& ledger, const std::string& subject)
{
    Said said;
    ALBS_TRY(std::vector<std::uint64_t> entries, ledger.about(subject));
    for (std::uint64_t index : entries) {
        ALBS_TRY(std::string line, ledger.envelope(index));
        if (line.empty()) // withheld
            continue;
        ALBS_TRY(Envelope envelope, read_envelope_line(line));
        ALBS_TRY(Json statement, read_json(envelope.payload));
        if (statement_kind(statement) != "test")
            continue;
        ALBS_TRY(Json binding, stated_binding(statement));
        said.statements.push_back({.log = ledger.settings().origin,
                                   .index = index,
                                   .checks = stated_checks(binding),
                                   .voucher = {.kind = "test", .entry = {}, .signer = {}, .time = statement_time(statement)}});
        said.by_text.insert_or_assign(without_time(statement), std::move(statement));
    }
    return said;
}

} // namespace

Status say_tests_once(Ledger& ledger, std::vector<Draft>& drafts)
{
    for (Draft& draft : drafts) {
        if (draft.kind != "test")
            continue;
        ALBS_TRY(Said said, said_about(ledger, draft.subject));
        auto same = said.by_text.find(without_time(draft.statement));
        if (same == said.by_text.end())
            continue;
        ALBS_TRY(Json binding, stated_binding(draft.statement));
        if (!LastResults(std::move(said.statements))
                 .is_news(ledger.settings().origin, stated_checks(binding), statement_time(draft.statement)))
            draft.statement = std::move(same->second);
    }
    return {};
}

} // namespace albs::notarize
