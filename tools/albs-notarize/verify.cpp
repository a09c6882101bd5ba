// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize verify: what the ledger says of each file and each record, with the log's public key and nothing else.
//
// Three answers, never mixed up: verified; absent (nobody recorded it: status 1); contradicted (somebody did, and it
// does not hold: status 4, and no report, so that nobody reads half of one).
#include "albs/evidence/evidence.hpp"
#include "albs/statement/binding.hpp"
#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "albs/log/view.hpp"
#include "base/format.hpp"
#include "commit_history.hpp"
#include "log_location.hpp"
#include "log_search.hpp"
#include "operands.hpp"
#include "renew.hpp"
#include "split_view.hpp"
#include "sys/parallel.hpp"
#include "verify_files.hpp"
#include "verify_report.hpp"

namespace albs::notarize {
namespace {

// Notarizations whose record is gone from the manifest are contradictions too, so all are looked at by themselves.
Status check_all(const std::vector<Notarization>& all, const EvidenceReader& reader, const HoldAgainstLog& hold,
                 std::size_t jobs)
{
    std::vector<std::vector<const VerifiedCheckpoint*>> stands_on(all.size());
    ALBS_CHECK(sys::for_each_parallel(all.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(stands_on[i], reader.check(all[i]));
        return {};
    }));
    std::set<const VerifiedCheckpoint*> checked; // all records of one commit share a checkpoint
    for (const std::vector<const VerifiedCheckpoint*>& heads : stands_on)
        for (const VerifiedCheckpoint* head : heads)
            if (checked.insert(head).second)
                ALBS_CHECK(hold(*head));
    return {};
}

// A checkpoint of another history of the same log shows when both are at hand.
HoldAgainstLog hold_against(std::optional<LogView>& log, CheckpointMemory memory, bool dry_run)
{
    return [&log, memory = std::move(memory), dry_run](const VerifiedCheckpoint& head) {
        return log && log->checkpoint.origin == head.checkpoint.origin
                   ? check_extends(*log, head.checkpoint, head.note, memory, dry_run)
                   : Status();
    };
}

// The chain of commits that led to each source.
Status check_histories(const Manifest& manifest, const Survey& survey, bool required, Report& report)
{
    ALBS_TRY(CommitBook book, commit_book(survey.commits));
    for (const Source* pinned : manifest.in_force<Source>()) {
        const Source& source = *pinned;
        std::string what = format_text("history {}", plain_id(source));
        if (!source.commit) {
            if (required)
                report.refuse("absent", what, "it was not made from a commit");
            continue;
        }
        if (!required && !book.contains(*source.commit))
            continue;
        ALBS_TRY(CommitHistory history, follow_history(book, *source.commit, source.tree.value_or("")));
        std::optional<StatusChange> withdrawn;
        for (const std::string& digest : history.digests)
            if (std::optional<StatusChange> change = survey.status(digest); change && change->withdraws())
                withdrawn = std::move(change);
        if (withdrawn)
            report.refuse(withdrawn->status, what, withdrawn->text());
        else if (history.gap.empty())
            report.confirm(what + " commits=" + std::to_string(history.commits));
        else if (required)
            report.refuse("absent", what, history.gap);
    }
    return {};
}

// Says once what this run could not know.
void say_status_reach(const std::shared_ptr<Survey>& survey, cli::Messages& messages, Report& report)
{
    if (!survey) {
        messages.warning("revocations were not looked for in the log (no --ledger): only those that came with the "
                         "operands are known");
        return;
    }
    if (survey->withheld() == 0)
        return;
    report.note_withheld(survey->withheld());
    messages.warning(
        format_text("{} statements of the log are withheld: a revocation may be among them", survey->withheld()));
}

Result<std::vector<std::string>> read_kinds(const std::string& list)
{
    std::vector<std::string> kinds;
    for (std::string_view rest = list; !rest.empty();) {
        std::size_t end = std::min(rest.find(','), rest.size());
        kinds.emplace_back(rest.substr(0, end));
        if (!vouches(kinds.back()) && kinds.back() != "test")
            return fail(Kind::usage,
                        format_text("--require: no statement of the kind '{}' vouches for a file", kinds.back()),
                        "kinds are source, srpm, build, test, signature, release and file");
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return kinds;
}

Status check_options(const VerifyOptions& options)
{
    if (options.log.ledger.empty() && (options.require_status || options.require_history))
        return fail(Kind::usage,
                    std::string(options.require_status ? "--require-status" : "--require-history") + " needs the log",
                    "give its directory or URL with --ledger");
    return {};
}

// Histories are followed for every source that was made from a commit.
Result<std::shared_ptr<Survey>> survey_for(const VerifyOptions& options, const Policy& policy, const Manifest& manifest,
                                           LogView& log)
{
    const std::vector<const Source*> sources = manifest.in_force<Source>();
    const bool histories =
        std::any_of(sources.begin(), sources.end(), [](const Source* source) { return source->commit.has_value(); });
    ALBS_TRY(Survey survey,
             options.require_history ? survey_log(log, policy) : survey_statuses(log, policy, histories));
    return std::make_shared<Survey>(std::move(survey));
}

} // namespace

Result<cli::Outcome> verify(const VerifyOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check_options(options));
    ALBS_TRY(std::vector<std::string> required, read_kinds(options.require));
    ALBS_TRY(Policy policy, trusted(options.log.trust));
    std::vector<PackageFile> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    std::optional<LogView> log;
    std::shared_ptr<Survey> survey;
    if (!options.log.ledger.empty()) {
        ALBS_TRY(LogLocation place, log_place(options.log.ledger, options.log.timeout, copies_of(context)));
        ALBS_TRY(log, open_log(options.log.trust, policy, place, context.dry_run()));
        ALBS_TRY(survey, survey_for(options, policy, manifest, *log));
        ALBS_CHECK(add_changes(*survey, *log, manifest));
        ALBS_CHECK(renew_proofs(unproved(manifest, log->checkpoint.origin, policy, clock_time()), *log, manifest));
    }
    EvidenceReader reader(manifest, policy);
    HoldAgainstLog hold = [](const VerifiedCheckpoint&) { return Status(); };
    ALBS_TRY(KnownHistory known, KnownHistory::of_machine(policy.keys(), options.log.trust.remember));
    if (log) {
        reader.add_survey(log->checkpoint.origin, survey);
        known.leave_out(log->checkpoint.origin);
        ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(options.log.trust.remember));
        hold = hold_against(log, std::move(memory), context.dry_run());
    }
    reader.set_known_history(std::move(known));
    ALBS_CHECK(check_all(manifest.notarizations(), reader, hold, context.jobs()));
    Report report(context.messages);
    ALBS_CHECK(check_files({manifest, reader, policy, files, required, hold, context.jobs()}, log, survey, report));
    if (files.empty())
        check_records(manifest, reader, report);
    if (survey)
        ALBS_CHECK(check_histories(manifest, *survey, options.require_history, report));
    say_status_reach(survey, context.messages, report);
    return report.outcome();
}

} // namespace albs::notarize
