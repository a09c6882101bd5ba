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
#include "sys/parallel.hpp"
#include "verify_files.hpp"
#include "verify_report.hpp"

namespace albs::notarize {
namespace {

// Notarizations whose record is gone from the manifest are contradictions too, so all are looked at by themselves.
Status check_all(const std::vector<Notarization>& all, const EvidenceReader& reader, std::size_t jobs)
{
    return sys::for_each_parallel(all.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(std::vector<const VerifiedCheckpoint*> heads, reader.check(all[i]));
        return {};
    });
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

/// The log that is read, and what it says.
struct ReadLog {
    LogView* view = nullptr; ///< none is read
    std::shared_ptr<Survey> survey;
};

Result<ReadLog> read_log(const VerifyOptions& options, const Policy& policy, const cli::Context& context,
                         KnownHistory& known, Manifest& manifest)
{
    ReadLog log;
    if (options.log.ledger.empty())
        return log;
    ALBS_TRY(LogLocation place, log_place(options.log.ledger, options.log.timeout, copies_of(context)));
    ALBS_TRY(LogView view, open_log(options.log.trust, policy, place, context.dry_run()));
    log.view = &known.add_log(std::move(view));
    ALBS_TRY(log.survey, survey_for(options, policy, manifest, *log.view));
    ALBS_CHECK(add_changes(*log.survey, *log.view, manifest));
    ALBS_CHECK(
        renew_proofs(unproved(manifest, log.view->checkpoint.origin, policy, clock_time()), *log.view, manifest));
    return log;
}

struct Question {
    const VerifyOptions& options;
    const std::vector<std::string>& required;
    const Policy& policy;
    const std::vector<PackageFile>& files;
};

Status check(const Question& question, const cli::Context& context, ReadLog& log, KnownHistory known,
             const Manifest& manifest, Report& report)
{
    EvidenceReader reader(manifest, question.policy);
    if (log.view != nullptr)
        reader.add_survey(log.view->checkpoint.origin, log.survey);
    reader.set_known_history(std::move(known));
    ALBS_CHECK(check_all(manifest.notarizations(), reader, context.jobs()));
    ALBS_CHECK(check_files({manifest, reader, question.policy, question.files, question.required, context.jobs()},
                           log.view, log.survey, report));
    if (question.files.empty())
        check_records(manifest, reader, report);
    if (log.survey)
        ALBS_CHECK(check_histories(manifest, *log.survey, question.options.require_history, report));
    return {};
}

// Proofs that were made earlier, or elsewhere, need no log any more.
Status remember_proved(const VerifyOptions& options, const std::string& origin, const HistoryFindings& findings)
{
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(options.log.trust.remember));
    return memory.keep_proved(origin, findings.proved);
}

} // namespace

Result<cli::Outcome> verify(const VerifyOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check_options(options));
    ALBS_TRY(std::vector<std::string> required, read_kinds(options.require));
    ALBS_TRY(Policy policy, trusted(options.log.trust));
    std::vector<PackageFile> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    ALBS_TRY(KnownHistory known, KnownHistory::of_machine(policy.keys(), options.log.trust.remember));
    const std::shared_ptr<HistoryFindings> findings =
        context.dry_run() ? std::make_shared<HistoryFindings>() : known.keep_findings();
    ALBS_TRY(ReadLog log, read_log(options, policy, context, known, manifest));
    const std::string origin = log.view == nullptr ? "" : log.view->checkpoint.origin;
    Report report(context.messages);
    Status checked = check({options, required, policy, files}, context, log, std::move(known), manifest, report);
    report.set_hint(findings->saved);
    if (!checked) {
        Error error = std::move(checked).error();
        if (error.kind == Kind::trust && !findings->saved.empty())
            error.hint = findings->saved;
        return tl::unexpected<Error>(std::move(error));
    }
    if (log.view != nullptr && !context.dry_run())
        ALBS_CHECK(remember_proved(options, origin, *findings));
    say_status_reach(log.survey, context.messages, report);
    return report.outcome();
}

} // namespace albs::notarize
