// SPDX-License-Identifier: GPL-3.0-or-later
#include "said_tests.hpp"

#include <map>
#include <set>

#include "albs/statement/logged_statements.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/test_results.hpp"

namespace albs::notarize {
namespace {

/// What the log says about tests of one file.
struct Said {
    struct Last {
        std::size_t at = 0; ///< in statements
        Json statement;
    };
    std::vector<TestStatement> statements;
    std::map<std::string, Last> by_text; ///< the last statement of each text without times, which names its signer
    std::set<std::string> texts;         ///< of all of them
};

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
        said.texts.insert(canonical_json(statement));
        std::string text = text_without_times(statement);
        Said::Last last{.at = said.statements.size(), .statement = std::move(statement)};
        said.statements.push_back({.log = ledger.settings().origin,
                                   .index = index,
                                   .checks = stated_checks(last.statement),
                                   .voucher = {.kind = "test", .entry = {}, .signer = {}, .time = {}}});
        said.by_text.insert_or_assign(std::move(text), std::move(last));
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
        auto same = said.by_text.find(text_without_times(draft.statement));
        if (same != said.by_text.end() && !said.texts.contains(canonical_json(draft.statement)) &&
            !is_news(stated_checks(draft.statement), said.statements[same->second.at], said.statements))
            draft.statement = std::move(same->second.statement);
    }
    return {};
}

} // namespace albs::notarize
