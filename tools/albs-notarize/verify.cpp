// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize verify: what the ledger says of each file and each record, with the log's public key and nothing else.
//
// Three answers, never mixed up: verified; absent (nobody recorded it: status 1); contradicted (somebody did, and it
// does not hold: status 4, and no report, so that nobody reads half of one).
#include "albs/evidence/evidence.hpp"
#include "albs/statement/binding.hpp"
#include <map>
#include <optional>

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
Status check_all(const std::vector<Notarization>& all, const EvidenceReader& reader, const Policy& policy,
                 std::optional<LogView>& log, std::size_t jobs)
{
    std::vector<const VerifiedCheckpoint*> stands_on(all.size());
    ALBS_CHECK(sys::for_each_parallel(all.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(stands_on[i], reader.check(all[i]));
        return {};
    }));
    std::map<std::string_view, Status> checked; // by note: all records of one commit share a checkpoint
    std::map<std::string, Status> quorums;      // of each entry: its best proof counts
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (stands_on[i] == nullptr)
            continue;
        const VerifiedCheckpoint& head = *stands_on[i];
        auto [known, fresh] = checked.try_emplace(head.note);
        if (fresh) {
            ALBS_TRY(Note note, Note::parse(head.note));
            // A false cosignature is no matter of enough others.
            ALBS_CHECK(policy.check_known(note));
            known->second = policy.check_quorum(note);
            // A proof of another history of the same log shows when both are at hand.
            if (log && log->checkpoint.origin == head.checkpoint.origin)
                ALBS_CHECK(log->extends(head.checkpoint, head.note));
        }
        const Status& enough = known->second;
        Status& best = quorums.try_emplace(all[i].log + "#" + std::to_string(all[i].index), enough).first->second;
        best = enough ? enough : best;
    }
    for (const auto& [entry, quorum] : quorums)
        ALBS_CHECK(quorum);
    return {};
}

// The chain of commits that led to each source.
Status check_histories(const Manifest& manifest, const Survey& survey, bool required, Report& report)
{
    ALBS_TRY(CommitBook book, commit_book(survey.commits));
    for (const Source& source : manifest.sources()) {
        std::string what = "history " + source.id;
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
void say_status_reach(const VerifyOptions& options, const std::optional<Survey>& survey, cli::Messages& messages,
                      Report& report)
{
    if (!survey) {
        messages.note("revocations were not looked for in the log (no --ledger): only those that came with the "
                      "operands are known");
        return;
    }
    if (survey->withheld == 0)
        return;
    report.note_withheld(survey->withheld);
    std::string text = format_text("{} statements of the log are withheld: a revocation may be among them",
                                   survey->withheld);
    if (options.require_status)
        report.fall_short(text);
    else
        messages.warning(text);
}

Result<std::vector<std::string>> read_kinds(const std::string& list)
{
    std::vector<std::string> kinds;
    for (std::string_view rest = list; !rest.empty();) {
        std::size_t end = std::min(rest.find(','), rest.size());
        kinds.emplace_back(rest.substr(0, end));
        if (!vouches(kinds.back()) && kinds.back() != "test")
            return fail(Kind::usage, format_text("--require: no statement of the kind '{}' vouches for a file", kinds.back()),
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

} // namespace

Result<cli::Outcome> verify(const VerifyOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check_options(options));
    ALBS_TRY(std::vector<std::string> required, read_kinds(options.require));
    ALBS_TRY(Policy policy, trusted(options.log.trust));
    std::vector<PackageFile> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    std::optional<LogView> log;
    std::optional<Survey> survey;
    if (!options.log.ledger.empty()) {
        ALBS_TRY(LogLocation place, log_place(options.log.ledger, options.log.timeout));
        ALBS_TRY(log, open_log(options.log.trust, policy, place, context.dry_run()));
        ALBS_TRY(survey, survey_log(*log));
        ALBS_CHECK(add_changes(*survey, *log, manifest));
        ALBS_CHECK(renew_proofs(unproved(manifest, log->checkpoint.origin, policy.keys()), *log, manifest));
    }
    const EvidenceReader reader(manifest, {.keys = policy.keys()});
    ALBS_CHECK(check_all(manifest.notarizations(), reader, policy, log, context.jobs()));
    Report report(context.messages);
    ALBS_CHECK(check_files({manifest, reader, policy, files, required, context.jobs()}, log, survey, report));
    if (files.empty())
        check_records(manifest, reader, report);
    if (survey)
        ALBS_CHECK(check_histories(manifest, *survey, options.require_history, report));
    say_status_reach(options, survey, context.messages, report);
    return report.outcome();
}

} // namespace albs::notarize
