// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/ledger_changes.hpp"

#include <algorithm>
#include <memory>

#include "albs/evidence/survey.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/statement.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// How many of the entries, whose statements are withheld, the manifest does not have either.
Result<std::uint64_t> count_unknown(const EvidenceReader& reader, LogView& log,
                                    const std::vector<std::uint64_t>& withheld)
{
    std::uint64_t unknown = 0;
    for (std::uint64_t index : withheld) {
        ALBS_TRY(Digest leaf, log.tiles.node({.level = 0, .index = index}));
        unknown += reader.knows_entry(log.checkpoint.origin, index, leaf) ? 0 : 1;
    }
    return unknown;
}

// There is a ledger, and it is one of those that are trusted.
Result<bool> is_trusted_ledger(const std::string& directory, const std::vector<Vkey>& trusted)
{
    if (!sys::exists(directory + "/checkpoint") || !sys::exists(directory + "/log.vkey"))
        return false;
    ALBS_TRY(Policy own, read_log_trust(directory + "/log.vkey"));
    const std::vector<Vkey> own_keys = own.keys();
    return std::any_of(own_keys.begin(), own_keys.end(), [&](const Vkey& key) {
        return std::any_of(trusted.begin(), trusted.end(), [&](const Vkey& one) { return one.name == key.name; });
    });
}

// A manifest does not know what others have found, nor that a test was done again and failed.
Status add_tests(EvidenceReader& reader, LogView& log, const std::string& directory, const Policy& policy)
{
    const std::string& origin = log.checkpoint.origin;
    std::vector<std::uint64_t> withheld;
    std::uint64_t next = 0;
    auto pass_to = [&](std::uint64_t index) {
        for (; next < index; ++next)
            withheld.push_back(next);
    };
    auto visit = [&](const LoggedStatement& one) -> Status {
        pass_to(one.index);
        ++next;
        ALBS_TRY(Json statement, read_json(one.envelope.payload));
        if (statement_kind(statement) != "test")
            return {};
        const std::vector<std::string> tested = subjects_of(statement);
        if (std::none_of(tested.begin(), tested.end(),
                         [&](const std::string& file) { return reader.knows_file(file); }))
            return {};
        ALBS_TRY(PublicKey key, check_leaf(one.entry, one.envelope));
        const std::string signer = key.fingerprint().hex();
        if (!policy.accepts_statement(signer, "test"))
            return {};
        TestStatement found{.log = origin,
                            .index = one.index,
                            .checks = stated_checks(statement),
                            .voucher = {.kind = "test",
                                        .entry = format_text("{}#{}", origin, one.index),
                                        .signer = signer,
                                        .time = statement_time(statement)}};
        for (const std::string& file : tested)
            reader.add_logged_test(file, found);
        return {};
    };
    ALBS_CHECK(for_each_statement(log, visit));
    pass_to(log.checkpoint.size);
    ALBS_TRY(std::uint64_t unknown, count_unknown(reader, log, withheld));
    if (unknown > 0)
        reader.set_unknown_tests(format_text(
            "{} statements of the ledger '{}' are withheld: a test that failed may be among them", unknown, directory));
    return {};
}

} // namespace

Result<SurveyedLog> survey_directory(const std::string& directory, const Policy& policy)
{
    Result<CheckpointMemory> memory = CheckpointMemory::at();
    const Policy keys = Policy::of(policy.keys());
    Fetch fetch = fetch_from_directory(directory);
    // Who has no place to remember anything has never seen a log before.
    ALBS_TRY(LogView log,
             memory ? LogView::open(std::move(fetch), keys, *memory) : LogView::open(std::move(fetch), keys));
    Result<Survey> survey = survey_statuses(log, policy, false);
    if (!survey)
        return fail(std::move(survey).error(), "'" + directory + "'");
    return SurveyedLog{.view = std::move(log), .survey = *std::move(survey)};
}

Status add_ledger_changes(EvidenceReader& reader, const std::string& directory, const Policy& policy,
                          LedgerQuestion question)
{
    const std::vector<Vkey> trusted = policy.keys();
    ALBS_TRY(KnownHistory known, KnownHistory::of_machine(trusted));
    ALBS_TRY(bool is_trusted, is_trusted_ledger(directory, trusted));
    if (is_trusted) {
        ALBS_TRY(SurveyedLog ledger, survey_directory(directory, policy));
        ALBS_TRY(std::uint64_t unknown, count_unknown(reader, ledger.view, ledger.survey.withheld_entries));
        unknown += ledger.survey.withheld_before_list;
        if (unknown > 0)
            reader.set_unknown_status(format_text(
                "{} statements of the ledger '{}' are withheld: a revocation may be among them", unknown, directory));
        if (question == LedgerQuestion::tests)
            ALBS_CHECK(add_tests(reader, ledger.view, directory, policy));
        reader.add_survey(ledger.view.checkpoint.origin, std::make_shared<Survey>(std::move(ledger.survey)));
        known.add_log(std::move(ledger.view));
    }
    reader.set_known_history(std::move(known));
    return {};
}

} // namespace albs
