// SPDX-License-Identifier: GPL-3.0-or-later
#include "verify_files.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "albs/manifest/record_index.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::notarize {
namespace {

/// Records of the manifest by the file that they are about.
struct FileRecords {
    explicit FileRecords(const Manifest& manifest) : index(manifest)
    {
        for (const Release& release : manifest.releases())
            for (const ReleasedPackage& package : release.packages)
                releases[package.artifact].push_back(&release);
    }
    RecordIndex index;
    std::unordered_map<std::string_view, std::vector<const Release*>> releases;
};

// What vouches for the file besides: tests that passed and releases, which are no evidence of where it is from.
void add_vouchers(const EvidenceReader& reader, const FileRecords& records, const Artifact& artifact,
                  Evidence& evidence)
{
    std::set<std::string> entries;
    auto add = [&](Evidence more) {
        if (more.answer == Evidence::Answer::verified)
            for (Voucher& voucher : more.vouchers)
                if (entries.insert(voucher.entry).second) // one statement tells of many tests
                    evidence.vouchers.push_back(std::move(voucher));
    };
    add({.answer = Evidence::Answer::verified,
         .reason = {},
         .vouchers = reader.passed_tests_of({std::string(artifact.sha256), artifact.unsigned_sha256.value_or("")})});
    if (auto releases = records.releases.find(artifact.sha256); releases != records.releases.end())
        for (const Release* release : releases->second)
            add(reader.of_release(*release));
}

// A file's bytes are hashed here; that its name and NEVRA are the manifest's is what the record binds.
Evidence evidence_of_file(const Manifest& manifest, const EvidenceReader& reader, const FileRecords& records,
                          const Artifact& artifact)
{
    Evidence evidence{.answer = Evidence::Answer::absent, .reason = "nobody recorded who signed it"};
    const std::vector<const Signature*>& signatures = records.index.signatures_in(artifact.sha256);
    if (!artifact.unsigned_sha256) {
        evidence = reader.of_artifact(artifact);
    } else if (!signatures.empty()) {
        evidence = reader.of_signature(*signatures.front());
        const Artifact* built = manifest.artifact(*artifact.unsigned_sha256);
        if (evidence.answer == Evidence::Answer::verified && built != nullptr) {
            Evidence build = reader.of_artifact(*built);
            if (build.answer == Evidence::Answer::contradicted || !build.withdrawn.empty())
                return build;
            evidence.vouchers.insert(evidence.vouchers.end(), build.vouchers.begin(), build.vouchers.end());
        }
    }
    if (evidence.answer == Evidence::Answer::verified)
        add_vouchers(reader, records, artifact, evidence);
    return evidence;
}

bool has_kinds(const Evidence& evidence, const std::vector<std::string>& kinds)
{
    return std::all_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
        return std::any_of(evidence.vouchers.begin(), evidence.vouchers.end(),
                           [&](const Voucher& voucher) { return voucher.kind == kind; });
    });
}

// All of the log is read for it. What manifests say of tests counts with what it says.
Result<Evidence> evidence_by_log(VoucherReader& log, Survey& survey, const std::string& sha256,
                                 const FileQuestion& question)
{
    if (!survey.is_whole()) {
        ALBS_TRY(survey, survey_log(log.log(), question.policy));
    }
    const Artifact* artifact = question.manifest.artifact(sha256);
    std::vector<std::string> digests{sha256};
    if (artifact != nullptr && artifact->unsigned_sha256)
        digests.emplace_back(*artifact->unsigned_sha256);
    return evidence_in_log(log, survey, sha256, question.policy, question.reader.test_statements(digests));
}

// Of a file that no manifest knows: from the proof beside it, or else from the log itself.
Result<Evidence> evidence_elsewhere(const std::string& file, const std::string& sha256, const FileQuestion& question,
                                    std::optional<VoucherReader>& log, std::shared_ptr<Survey>& survey)
{
    std::optional<Evidence> beside = evidence_beside(file, sha256, question.policy, question.reader.checkpoints());
    if (beside && (beside->answer != Evidence::Answer::absent || !beside->withdrawn.empty() || !log))
        return *std::move(beside);
    if (log) {
        ALBS_TRY(Evidence logged, evidence_by_log(*log, *survey, sha256, question));
        if (beside && logged.answer == Evidence::Answer::absent)
            logged.reason = beside->reason + "; " + logged.reason;
        return logged;
    }
    return Evidence{.answer = Evidence::Answer::absent,
                    .reason = "neither a manifest nor a proof beside the file knows the digest " + sha256};
}

// The kinds that are asked for and that manifest or proof do not show may be in the log; and only the log knows the
// last result of a test.
Status add_logged(Evidence& evidence, const std::string& sha256, const FileQuestion& question,
                  std::optional<VoucherReader>& log, std::shared_ptr<Survey>& survey)
{
    const std::vector<std::string>& kinds = question.required;
    const bool wants_tests = std::find(kinds.begin(), kinds.end(), "test") != kinds.end();
    if (!log || evidence.answer != Evidence::Answer::verified || (!wants_tests && has_kinds(evidence, kinds)))
        return {};
    ALBS_TRY(Evidence logged, evidence_by_log(*log, *survey, sha256, question));
    std::erase_if(evidence.vouchers, [](const Voucher& voucher) { return voucher.kind == "test"; });
    for (Voucher& voucher : logged.vouchers)
        if (std::none_of(evidence.vouchers.begin(), evidence.vouchers.end(),
                         [&](const Voucher& known) { return known.entry == voucher.entry; }))
            evidence.vouchers.push_back(std::move(voucher));
    return {};
}

// The log's last word on a file and on what it was made from.
Evidence with_status(Evidence evidence, const std::string& sha256, const std::shared_ptr<Survey>& survey)
{
    std::optional<StatusChange> change = survey ? survey->status(sha256) : std::nullopt;
    if (evidence.answer == Evidence::Answer::verified && change && change->withdraws())
        return {.answer = Evidence::Answer::absent, .reason = change->text(), .withdrawn = change->status};
    return evidence;
}

// --require: each of the kinds vouches for the file.
Evidence with_required(Evidence evidence, const std::vector<std::string>& required)
{
    if (evidence.answer != Evidence::Answer::verified)
        return evidence;
    for (const std::string& kind : required)
        if (!has_kinds(evidence, {kind}))
            return {.answer = Evidence::Answer::absent,
                    .reason = "no statement of the kind '" + kind + "' vouches for it"};
    return evidence;
}

// Hashed and, where the manifest knows the digest, judged: neither needs anything but memory and the file.
Status hash_files(const FileQuestion& question, std::vector<std::string>& digests,
                  std::vector<std::optional<Evidence>>& judged)
{
    const std::vector<PackageFile>& files = question.files;
    const FileRecords records(question.manifest);
    return sys::for_each_parallel(files.size(), question.jobs, [&](std::size_t i) -> Status {
        if (!files[i].sha256.empty() && !sys::exists(files[i].path))
            return {};
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(files[i].path));
        digests[i] = digest.sha256.hex();
        if (const Artifact* artifact = question.manifest.artifact(digests[i]))
            judged[i] = evidence_of_file(question.manifest, question.reader, records, *artifact);
        return {};
    });
}

} // namespace

Status check_files(const FileQuestion& question, LogView* log, std::shared_ptr<Survey>& survey, Report& report)
{
    const std::vector<PackageFile>& files = question.files;
    std::vector<std::string> digests(files.size()); // empty: a package that is not there
    std::vector<std::optional<Evidence>> judged(files.size());
    ALBS_CHECK(hash_files(question, digests, judged));
    std::optional<VoucherReader> vouchers;
    if (log != nullptr)
        vouchers.emplace(*log);
    for (std::size_t i = 0; i < files.size(); ++i) {
        const PackageFile& file = files[i];
        Evidence evidence{.answer = Evidence::Answer::absent, .reason = "the repository lists it, and it is not there"};
        if (!digests[i].empty() && !file.sha256.empty() && file.sha256 != digests[i]) {
            evidence.answer = Evidence::Answer::contradicted;
            evidence.reason =
                "it is not the file that the repository lists: its SHA-256 is " + digests[i] + ", not " + file.sha256;
        } else if (judged[i]) {
            evidence = *std::move(judged[i]);
        } else if (!digests[i].empty()) {
            ALBS_TRY(evidence, evidence_elsewhere(file.path, digests[i], question, vouchers, survey));
        }
        if (!digests[i].empty())
            ALBS_CHECK(add_logged(evidence, digests[i], question, vouchers, survey));
        evidence = with_required(with_status(std::move(evidence), digests[i], survey), question.required);
        report.add(evidence, file.path);
    }
    return {};
}

} // namespace albs::notarize
