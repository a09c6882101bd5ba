// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize verify: what the ledger says of each file and each record, with the log's public key and nothing else.
//
// Three answers, never mixed up: verified; absent (nobody recorded it: status 1); contradicted (somebody did, and it
// does not hold: status 4, and no report, so that nobody reads half of one).
#include "albs/evidence/evidence.hpp"
#include "albs/statement/binding.hpp"
#include <map>
#include <optional>
#include <unordered_map>

#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"
#include "commit_history.hpp"
#include "log_location.hpp"
#include "log_search.hpp"
#include "operands.hpp"
#include "proofs_beside_file.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"
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

using Signed = std::unordered_map<std::string, const Signature*>; // by the signed file

Signed signed_files(const Manifest& manifest)
{
    Signed files;
    for (const Signature& signature : manifest.signatures())
        files.emplace(signature.artifact, &signature);
    return files;
}

// A file's bytes are hashed here; that its name and NEVRA are the manifest's is what the record binds.
Evidence evidence_of_file(const Manifest& manifest, const EvidenceReader& reader, const Signed& signatures,
                          const Artifact& artifact)
{
    if (!artifact.unsigned_sha256)
        return reader.of_artifact(artifact);
    if (auto found = signatures.find(artifact.sha256); found != signatures.end()) {
        Evidence evidence = reader.of_signature(*found->second);
        const Artifact* built = manifest.artifact(*artifact.unsigned_sha256);
        if (evidence.answer != Evidence::Answer::verified || built == nullptr)
            return evidence;
        return reader.of_artifact(*built);
    }
    return {.answer = Evidence::Answer::absent, .reason = "nobody recorded who signed it"};
}

// Of a file that no manifest knows: from the proof beside it, else from the log itself.
Result<Evidence> evidence_elsewhere(const std::string& file, const std::string& sha256, const Policy& policy,
                                    std::optional<LogView>& log)
{
    ALBS_TRY(std::optional<Evidence> beside, evidence_beside(file, sha256, policy));
    if (beside)
        return *beside;
    if (log)
        return evidence_in_log(*log, sha256);
    return Evidence{.answer = Evidence::Answer::absent,
                    .reason = "neither a manifest nor a proof beside the file knows the digest " + sha256};
}

// A file whose evidence came from beside it or from the log: the log's last word on it.
Evidence with_status(Evidence evidence, const std::string& sha256, const std::optional<Survey>& survey)
{
    std::optional<StatusChange> change = survey ? survey->status(sha256) : std::nullopt;
    if (evidence.answer == Evidence::Answer::verified && change && change->withdraws())
        return {.answer = Evidence::Answer::absent,
                .reason = change->text(),
                .withdrawn = change->status};
    return evidence;
}

struct FileQuestion {
    const Manifest& manifest;
    const EvidenceReader& reader;
    const Policy& policy;
    const std::vector<PackageFile>& files;
    std::size_t jobs;
};

// Hashed and, where the manifest knows the digest, judged: neither needs anything but memory and the file.
Status hash_files(const FileQuestion& question, std::vector<std::string>& digests,
                  std::vector<std::optional<Evidence>>& judged)
{
    const std::vector<PackageFile>& files = question.files;
    Signed signatures = signed_files(question.manifest);
    return sys::for_each_parallel(files.size(), question.jobs, [&](std::size_t i) -> Status {
        if (!files[i].sha256.empty() && !sys::exists(files[i].path))
            return {};
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(files[i].path));
        digests[i] = digest.sha256.hex();
        if (const Artifact* artifact = question.manifest.artifact(digests[i]))
            judged[i] = evidence_of_file(question.manifest, question.reader, signatures, *artifact);
        return {};
    });
}

// All files are hashed at once; a package of a repository must be the one that it lists.
Status check_files(const FileQuestion& question, std::optional<LogView>& log, const std::optional<Survey>& survey,
                   Report& report)
{
    const std::vector<PackageFile>& files = question.files;
    std::vector<std::string> digests(files.size()); // empty: a package that is not there
    std::vector<std::optional<Evidence>> judged(files.size());
    ALBS_CHECK(hash_files(question, digests, judged));
    for (std::size_t i = 0; i < files.size(); ++i) {
        const PackageFile& file = files[i];
        Evidence evidence{.answer = Evidence::Answer::absent,
                          .reason = "the repository lists it, and it is not there"};
        if (!digests[i].empty() && !file.sha256.empty() && file.sha256 != digests[i]) {
            evidence.answer = Evidence::Answer::contradicted;
            evidence.reason = "it is not the file that the repository lists: its SHA-256 is " + digests[i] +
                              ", not " + file.sha256;
        } else if (judged[i]) {
            evidence = *std::move(judged[i]);
        } else if (!digests[i].empty()) {
            ALBS_TRY(evidence, evidence_elsewhere(file.path, digests[i], question.policy, log));
        }
        report.add(with_status(std::move(evidence), digests[i], survey), file.path);
    }
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
    std::string text = std::to_string(survey->withheld) +
                       " statements of the log are withheld: a revocation may be among them";
    if (options.require_status)
        report.fall_short(text);
    else
        messages.warning(text);
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
    ALBS_TRY(Policy policy, trusted(options.log.trust));
    std::vector<PackageFile> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    std::optional<LogView> log;
    std::optional<Survey> survey;
    if (!options.log.ledger.empty()) {
        ALBS_TRY(LogLocation place, log_place(options.log.ledger, options.log.timeout));
        ALBS_TRY(log, LogView::open(place.fetch, policy));
        if (!context.dry_run())
            ALBS_CHECK(check_and_remember(policy, place));
        ALBS_TRY(survey, survey_log(*log));
        ALBS_CHECK(add_changes(*survey, *log, manifest));
    }
    const EvidenceReader reader(manifest, {.keys = policy.keys()});
    ALBS_CHECK(check_all(manifest.notarizations(), reader, policy, log, context.jobs()));
    Report report(context.messages);
    ALBS_CHECK(check_files({manifest, reader, policy, files, context.jobs()}, log, survey, report));
    if (files.empty())
        check_records(manifest, reader, report);
    if (survey)
        ALBS_CHECK(check_histories(manifest, *survey, options.require_history, report));
    say_status_reach(options, survey, context.messages, report);
    return report.outcome();
}

} // namespace albs::notarize
