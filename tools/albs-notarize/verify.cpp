// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize verify: what the ledger says of each file and each record, with the log's public key and nothing else.
//
// Three answers, never mixed up: verified; absent (nobody recorded it: status 1); contradicted (somebody did, and it
// does not hold: status 4, and no report, so that nobody reads half of one).
#include "albs/binding.hpp"
#include "albs/evidence.hpp"
#include <map>
#include <optional>
#include <unordered_map>

#include "albs/log_view.hpp"
#include "albs/notarized.hpp"
#include "beside.hpp"
#include "commit_history.hpp"
#include "log_search.hpp"
#include "repository.hpp"
#include "source.hpp"
#include "sys/beginning.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"
#include "verify_report.hpp"

namespace albs::notarize {
namespace {

LogTrust trust_of(const Policy& policy)
{
    LogTrust trust;
    for (const Vkey& key : policy.keys())
        trust.vkey += key.text() + "\n";
    return trust;
}

// Of an image of some gigabytes only the beginning is read.
bool looks_like_manifest(const std::string& path)
{
    Result<std::string> head = sys::read_beginning(path, 4096);
    std::size_t first = head ? head->find_first_not_of(" \t\r\n") : std::string::npos;
    if (first == std::string::npos || (*head)[first] != '{')
        return false;
    Result<std::string> text = sys::read_file(path);
    return text && text->find(Manifest::schema) != std::string::npos;
}

// Notarizations whose record is gone from the manifest are contradictions too, so all are looked at by themselves.
Status check_all(const Manifest& manifest, const Policy& policy, std::optional<LogView>& log)
{
    std::vector<Vkey> keys = policy.keys();
    std::map<std::string, Status> quorums; // of each entry: its best proof counts
    for (const Notarization& notarization : manifest.notarizations())
        if (const Vkey* key = signer_among(notarization, keys)) {
            ALBS_TRY(Notarized verified, verify_notarization(manifest, notarization, *key));
            ALBS_TRY(Note note, Note::parse(verified.note));
            Status enough = policy.check_quorum(note);
            Status& best = quorums.try_emplace(notarization.log + "#" + std::to_string(notarization.index), enough)
                               .first->second;
            best = enough ? enough : best;
            // A proof of another history of the same log shows when both are at hand.
            if (log && log->checkpoint.origin == verified.checkpoint.origin)
                ALBS_CHECK(log->extends(verified.checkpoint, verified.note));
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
Evidence evidence_of_file(const Manifest& manifest, const Signed& signatures, const std::string& sha256,
                          const LogTrust& trust)
{
    const Artifact* artifact = manifest.artifact(sha256);
    if (artifact == nullptr)
        return {.answer = Evidence::Answer::absent,
                .reason = "neither a manifest nor a proof beside the file knows the digest " + sha256,
                .statement = {}};
    if (!artifact->unsigned_sha256)
        return evidence_of_artifact(manifest, *artifact, trust);
    if (auto found = signatures.find(sha256); found != signatures.end()) {
        Evidence evidence = evidence_of_signature(manifest, *found->second, trust);
        const Artifact* built = manifest.artifact(*artifact->unsigned_sha256);
        if (evidence.answer != Evidence::Answer::verified || built == nullptr)
            return evidence;
        return evidence_of_artifact(manifest, *built, trust);
    }
    return {.answer = Evidence::Answer::absent, .reason = "nobody recorded who signed it", .statement = {}};
}

Status read_operands(cli::Context& context, Manifest& manifest, std::vector<PackageFile>& files)
{
    for (const std::string& operand : context.operands) {
        if (sys::is_directory(operand)) {
            ALBS_CHECK(read_repositories(operand, manifest, files, context.messages));
            continue;
        }
        if (operand != "-" && !sys::exists(operand))
            return fail(Kind::environment, "cannot open '" + operand + "': No such file or directory");
        if (operand != "-" && !looks_like_manifest(operand)) {
            files.push_back({.path = operand, .sha256 = {}});
            continue;
        }
        ALBS_TRY(std::vector<Manifest> read, cli::read_manifests(operand));
        for (const Manifest& one : read)
            ALBS_CHECK(manifest.merge(one));
    }
    return {};
}

// From the manifest, else from the proof beside the file, else from the log itself.
Result<Evidence> evidence_of_operand(const std::string& file, const std::string& sha256, const Manifest& manifest,
                                     const Signed& signatures, const Policy& policy, std::optional<LogView>& log)
{
    if (manifest.artifact(sha256) != nullptr)
        return evidence_of_file(manifest, signatures, sha256, trust_of(policy));
    ALBS_TRY(std::optional<Evidence> beside, evidence_beside(file, sha256, policy));
    if (beside)
        return *beside;
    if (log)
        return evidence_in_log(*log, sha256);
    return evidence_of_file(manifest, signatures, sha256, trust_of(policy));
}

// A file whose evidence came from beside it or from the log: the log's last word on it.
Evidence with_status(Evidence evidence, const std::string& sha256, const std::optional<Survey>& survey)
{
    std::optional<StatusChange> change = survey ? survey->status(sha256) : std::nullopt;
    if (evidence.answer == Evidence::Answer::verified && change && change->withdraws())
        return {.answer = Evidence::Answer::absent,
                .reason = change->text(),
                .withdrawn = change->status,
                .statement = std::move(evidence.statement)};
    return evidence;
}

struct FileQuestion {
    const Manifest& manifest;
    const Policy& policy;
    const std::vector<PackageFile>& files;
    std::size_t jobs;
};

// All files are hashed at once; a package of a repository must be the one that it lists.
Status check_files(const FileQuestion& question, std::optional<LogView>& log, const std::optional<Survey>& survey,
                   Report& report)
{
    const std::vector<PackageFile>& files = question.files;
    std::vector<std::string> digests(files.size()); // empty: a package that is not there
    ALBS_CHECK(sys::for_each_parallel(files.size(), question.jobs, [&](std::size_t i) -> Status {
        if (!files[i].sha256.empty() && !sys::exists(files[i].path))
            return {};
        ALBS_TRY(FileDigest digest, digest_file(files[i].path));
        digests[i] = digest.sha256.hex();
        return {};
    }));
    Signed signatures = signed_files(question.manifest);
    for (std::size_t i = 0; i < files.size(); ++i) {
        const PackageFile& file = files[i];
        Evidence evidence{.answer = Evidence::Answer::absent,
                          .reason = "the repository lists it, and it is not there",
                          .statement = {}};
        if (!digests[i].empty() && !file.sha256.empty() && file.sha256 != digests[i]) {
            evidence.answer = Evidence::Answer::contradicted;
            evidence.reason = "it is not the file that the repository lists: its SHA-256 is " + digests[i] +
                              ", not " + file.sha256;
        } else if (!digests[i].empty()) {
            ALBS_TRY(evidence, evidence_of_operand(file.path, digests[i], question.manifest, signatures,
                                                   question.policy, log));
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
void say_status_reach(const Options& options, const std::optional<Survey>& survey, cli::Messages& messages,
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

Status check_options(const Options& options)
{
    if (options.ledger.empty() && (options.require_status || options.require_history))
        return fail(Kind::usage,
                    std::string(options.require_status ? "--require-status" : "--require-history") + " needs the log",
                    "give its directory or URL with --ledger");
    return {};
}

} // namespace

Result<cli::Outcome> verify(const Options& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check_options(options));
    ALBS_TRY(Policy policy, trusted(options));
    std::vector<PackageFile> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    std::optional<LogView> log;
    std::optional<Survey> survey;
    if (!options.ledger.empty()) {
        LogPlace place = log_place(options.ledger);
        ALBS_TRY(log, LogView::open(place.fetch, policy));
        if (!context.dry_run())
            ALBS_CHECK(check_and_remember(policy, place));
        ALBS_TRY(survey, survey_log(*log));
        ALBS_CHECK(add_changes(*survey, *log, manifest));
    }
    ALBS_CHECK(check_all(manifest, policy, log));
    Report report(context.messages);
    ALBS_CHECK(check_files({manifest, policy, files, context.jobs()}, log, survey, report));
    if (files.empty())
        check_records(manifest, trust_of(policy), policy.keys(), report);
    if (survey)
        ALBS_CHECK(check_histories(manifest, *survey, options.require_history, report));
    say_status_reach(options, survey, context.messages, report);
    return report.outcome();
}

} // namespace albs::notarize
