// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize verify: what the ledger says of each file and each record, with the log's public key and nothing else.
//
// Three answers, never mixed up: verified; absent (nobody recorded it: status 1); contradicted (somebody did, and it
// does not hold: status 4, and no report, so that nobody reads half of one).
#include "albs/binding.hpp"
#include "albs/evidence.hpp"
#include <optional>

#include "albs/log_view.hpp"
#include "albs/notarized.hpp"
#include "beside.hpp"
#include "log_search.hpp"
#include "source.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

struct Report {
    std::string lines;
    std::size_t absent = 0;
    std::string contradiction; // the first
    std::size_t contradictions = 0;
    std::map<std::string, StatusChange> changes; // known when the log is at hand

    // Withdrawn by a later statement: the record holds, and says no.
    bool withdrawn(const std::string& digest, const std::string& what, cli::Messages& messages)
    {
        auto change = changes.find(digest);
        if (change == changes.end() || change->second.status == "valid")
            return false;
        ++absent;
        lines += change->second.status + " " + what + "\n";
        messages.warning("entry " + std::to_string(change->second.index) + " of the log says that it is " +
                             change->second.status + ": " + change->second.reason,
                         what);
        return true;
    }

    void add(const Evidence& evidence, const std::string& what, cli::Messages& messages)
    {
        switch (evidence.answer) {
        case Evidence::Answer::verified: lines += "verified " + what + "\n"; return;
        case Evidence::Answer::absent:
            ++absent;
            lines += "absent " + what + "\n";
            messages.warning(evidence.reason, what);
            return;
        case Evidence::Answer::contradicted: break;
        }
        if (contradictions++ == 0)
            contradiction = "'" + what + "': " + evidence.reason;
        else
            messages.warning(evidence.reason, what);
    }
};

LogTrust trust_of(const Policy& policy)
{
    LogTrust trust;
    for (const Vkey& key : policy.keys())
        trust.vkey += key.text() + "\n";
    return trust;
}

bool looks_like_manifest(const std::string& path)
{
    Result<std::string> head = sys::read_file(path, std::size_t{1} << 31);
    return head && head->find_first_not_of(" \t\r\n") != std::string::npos &&
           (*head)[head->find_first_not_of(" \t\r\n")] == '{' && head->find(Manifest::schema) != std::string::npos;
}

// The ledger takes what tasks made, and source packages; logs of tests are part of the tests' records.
bool is_recorded(const Manifest& manifest, const Artifact& artifact)
{
    if (artifact.kind == "srpm")
        return true;
    for (const Task& task : manifest.tasks())
        if (task_made(task, artifact.sha256))
            return true;
    return false;
}

void check_manifest(const Manifest& manifest, const LogTrust& trust, Report& report, cli::Messages& messages)
{
    for (const Source& source : manifest.sources())
        report.add(evidence_of_source(manifest, source, trust), "source " + source.id, messages);
    for (const Artifact& artifact : manifest.artifacts())
        if (!report.withdrawn(artifact.sha256, artifact.name + " " + artifact.sha256, messages) &&
            !artifact.unsigned_sha256 && is_recorded(manifest, artifact))
            report.add(evidence_of_artifact(manifest, artifact, trust), artifact.name + " " + artifact.sha256, messages);
    for (const TestResult& test : manifest.tests())
        report.add(evidence_of_test(manifest, test, trust), "test " + test.id, messages);
    for (const Signature& signature : manifest.signatures())
        report.add(evidence_of_signature(manifest, signature, trust), "signature " + signature.id, messages);
    for (const Release& release : manifest.releases())
        report.add(evidence_about(manifest, release.id, {"release"}, trust), "release " + release.id, messages);
    for (const Erratum& erratum : manifest.errata())
        report.add(evidence_about(manifest, erratum.id, {"errata"}, trust), "erratum " + erratum.id, messages);
}

// Notarizations whose record is gone from the manifest are contradictions too, so all are looked at by themselves.
Status check_all(const Manifest& manifest, const Policy& policy, std::optional<LogView>& log)
{
    std::vector<Vkey> keys = policy.keys();
    for (const Notarization& notarization : manifest.notarizations())
        if (const Vkey* key = signer_among(notarization, keys)) {
            ALBS_TRY(Notarized verified, verify_notarization(manifest, notarization, *key));
            ALBS_TRY(Note note, Note::parse(verified.note));
            ALBS_CHECK(policy.check_quorum(note));
            // A proof of another history of the same log shows when both are at hand.
            if (log && log->checkpoint.origin == verified.checkpoint.origin)
                ALBS_CHECK(log->extends(verified.checkpoint, verified.note));
        }
    return {};
}

// A file's bytes are hashed here; that its name and NEVRA are the manifest's is what the record binds.
Evidence evidence_of_file(const Manifest& manifest, const std::string& sha256, const LogTrust& trust)
{
    const Artifact* artifact = manifest.artifact(sha256);
    if (artifact == nullptr)
        return {.answer = Evidence::Answer::absent,
                .reason = "neither a manifest nor a proof beside the file knows the digest " + sha256,
                .statement = {}};
    if (!artifact->unsigned_sha256)
        return evidence_of_artifact(manifest, *artifact, trust);
    for (const Signature& signature : manifest.signatures()) {
        if (signature.artifact != sha256)
            continue;
        Evidence evidence = evidence_of_signature(manifest, signature, trust);
        const Artifact* built = manifest.artifact(*artifact->unsigned_sha256);
        if (evidence.answer != Evidence::Answer::verified || built == nullptr)
            return evidence;
        return evidence_of_artifact(manifest, *built, trust);
    }
    return {.answer = Evidence::Answer::absent, .reason = "nobody recorded who signed it", .statement = {}};
}

Status read_operands(const cli::Context& context, Manifest& manifest, std::vector<std::string>& files)
{
    for (const std::string& operand : context.operands) {
        if (operand != "-" && !sys::exists(operand))
            return fail(Kind::environment, "cannot open '" + operand + "': No such file or directory");
        if (operand != "-" && !looks_like_manifest(operand)) {
            files.push_back(operand);
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
                                     const Policy& policy, std::optional<LogView>& log)
{
    if (manifest.artifact(sha256) != nullptr)
        return evidence_of_file(manifest, sha256, trust_of(policy));
    ALBS_TRY(std::optional<Evidence> beside, evidence_beside(file, sha256, policy));
    if (beside)
        return *beside;
    if (log)
        return evidence_in_log(*log, sha256);
    return evidence_of_file(manifest, sha256, trust_of(policy));
}

} // namespace

Result<cli::Outcome> verify(const Options& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(Policy policy, trusted(options));
    std::vector<std::string> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    std::optional<LogView> log;
    if (!options.ledger.empty()) {
        LogPlace place = log_place(options.ledger);
        ALBS_TRY(log, LogView::open(place.fetch, policy));
        if (!context.dry_run())
            ALBS_CHECK(check_and_remember(policy, place));
    }
    ALBS_CHECK(check_all(manifest, policy, log));
    Report report;
    if (log) {
        ALBS_TRY(report.changes, status_changes(*log));
    }
    for (const std::string& file : files) {
        ALBS_TRY(FileDigest digest, digest_file(file));
        ALBS_TRY(Evidence evidence, evidence_of_operand(file, digest.sha256.hex(), manifest, policy, log));
        if (evidence.answer != Evidence::Answer::verified ||
            !report.withdrawn(digest.sha256.hex(), file, context.messages))
            report.add(evidence, file, context.messages);
    }
    if (files.empty())
        check_manifest(manifest, trust_of(policy), report, context.messages);
    if (report.contradictions > 0)
        return fail(Kind::trust, report.contradiction, "stop: somebody changed the manifest, the file or the ledger");
    return cli::Outcome{.verdict = report.absent > 0 ? cli::Verdict::no : cli::Verdict::yes, .document = report.lines};
}

} // namespace albs::notarize
