// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/evidence.hpp"

#include <map>

#include "albs/crypto/dsse.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/json/fields.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// An artifact without a notarization may stand where the ledger knows another file: same task, same file name.
std::string replaced_file(const Manifest& manifest, const Artifact& artifact, const LogTrust& trust)
{
    Result<std::vector<Vkey>> keys = trusted_keys(trust);
    if (!keys)
        return {};
    for (const Notarization& notarization : manifest.notarizations()) {
        if (notarization.kind != "build" && notarization.kind != "srpm")
            continue;
        const Vkey* key = signer_among(notarization, *keys);
        if (key == nullptr)
            continue;
        Result<VerifiedNotarization> verified = verify_notarization(notarization, *key);
        Result<Json> stated = verified ? stated_binding(verified->statement) : Result<Json>(Json());
        if (!stated || text_member(*stated, "name") != artifact.name || text_member(*stated, "sha256") == artifact.sha256)
            continue;
        const Task* task = manifest.task_of(artifact);
        const Source* source = manifest.source(text_member(*stated, "source"));
        bool same_task = task != nullptr && text_member(*stated, "task") == task->id;
        bool same_source = notarization.kind == "srpm" && source != nullptr && source->srpm == artifact.sha256;
        if (same_task || same_source)
            return "the ledger recorded " + text_member(*stated, "sha256") + " as '" + artifact.name +
                   "', the manifest has " + artifact.sha256;
    }
    return {};
}

// A task that claims the artifact and has no record of its own: adding a task must not borrow another's evidence.
std::string unrecorded_task(const Manifest& manifest, const Artifact& artifact)
{
    for (const Task* task : manifest.tasks_with(artifact.sha256)) {
        bool recorded = false;
        for (const Notarization* notarization : manifest.notarizations_about(artifact.sha256)) {
            if (notarization->kind != "build")
                continue;
            Result<Envelope> envelope = Envelope::from(notarization->envelope);
            Result<Json> statement = envelope ? read_json(envelope->payload) : Result<Json>(Json());
            Result<Json> stated = statement ? stated_binding(*statement) : Result<Json>(Json());
            recorded = recorded || (stated && text_member(*stated, "task") == task->id);
        }
        if (!recorded)
            return task->id;
    }
    return {};
}

// Evidence that holds, unless a later statement takes one of the digests back.
Evidence unless_withdrawn(Evidence evidence, const Manifest& manifest, const std::vector<std::string>& digests,
                          const LogTrust& trust)
{
    if (evidence.answer != Evidence::Answer::verified)
        return evidence;
    Result<std::vector<Vkey>> keys = trusted_keys(trust);
    using Change = Result<std::optional<StatusChange>>;
    Change change = keys ? status_in_manifest(manifest, digests, *keys) : Change(tl::unexpected(keys.error()));
    if (!change)
        return {.answer = Evidence::Answer::contradicted, .reason = change.error().message, .statement = {}};
    if (!*change || !(*change)->withdraws())
        return evidence;
    return {.answer = Evidence::Answer::absent,
            .reason = (*change)->text(),
            .withdrawn = (*change)->status,
            .statement = std::move(evidence.statement)};
}

} // namespace

Result<LogTrust> read_log_trust(const std::string& path)
{
    ALBS_TRY(std::string text, sys::read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    Result<std::vector<Vkey>> keys = trusted_keys({.vkey = text});
    if (!keys)
        return fail(std::move(keys).error(), "'" + path + "'");
    return LogTrust{.vkey = text};
}

Result<std::optional<StatusChange>> status_in_manifest(const Manifest& manifest, const std::vector<std::string>& digests,
                                                const std::vector<Vkey>& keys)
{
    std::map<std::string, StatusChange> last; // by log: indexes of two logs cannot be compared
    for (const std::string& digest : digests)
        for (const Notarization* notarization : manifest.notarizations_about(digest)) {
            const Vkey* key = notarization->kind == status_kind ? signer_among(*notarization, keys) : nullptr;
            if (key == nullptr)
                continue;
            ALBS_TRY(VerifiedNotarization verified, verify_notarization(manifest, *notarization, *key));
            std::optional<StatusChange> change = status_of(verified.statement);
            if (!change)
                return fail(Kind::trust, "notarization '" + notarization->id + "' is no change of status");
            change->index = static_cast<std::uint64_t>(notarization->index);
            StatusChange& known = last[notarization->log];
            if (known.status.empty() || known.index <= change->index)
                known = std::move(*change);
        }
    for (const auto& [log, change] : last)
        if (change.withdraws())
            return std::optional<StatusChange>(change);
    return last.empty() ? std::optional<StatusChange>() : last.begin()->second;
}

Evidence evidence_of_artifact(const Manifest& manifest, const Artifact& artifact, const LogTrust& trust)
{
    Evidence evidence = evidence_about(manifest, artifact.sha256, {"build", "srpm", "file"}, trust);
    if (evidence.answer == Evidence::Answer::contradicted)
        return evidence;
    if (evidence.answer == Evidence::Answer::verified) {
        // All of its notarizations were verified above.
        if (std::string task = unrecorded_task(manifest, artifact); !task.empty()) {
            evidence.answer = Evidence::Answer::absent;
            evidence.reason = "the manifest holds no notarization that the task '" + task + "' made it";
        }
        return unless_withdrawn(std::move(evidence), manifest, {artifact.sha256}, trust);
    }
    if (std::string other = replaced_file(manifest, artifact, trust); !other.empty()) {
        evidence.answer = Evidence::Answer::contradicted;
        evidence.reason = other;
    }
    return evidence;
}

Evidence evidence_of_source(const Manifest& manifest, const Source& source, const LogTrust& trust)
{
    std::vector<std::string> digests{source.srpm};
    if (source.commit)
        digests.push_back(*source.commit);
    return unless_withdrawn(evidence_about(manifest, source.id, {"source"}, trust), manifest, digests, trust);
}

Evidence evidence_of_signature(const Manifest& manifest, const Signature& signature, const LogTrust& trust)
{
    return unless_withdrawn(evidence_about(manifest, signature.id, {"signature"}, trust), manifest,
                            {signature.artifact, signature.unsigned_sha256}, trust);
}

Evidence evidence_of_release(const Manifest& manifest, const Release& release, const LogTrust& trust)
{
    return unless_withdrawn(evidence_about(manifest, release.id, {"release"}, trust), manifest, {release.repomd_sha256},
                            trust);
}

Evidence evidence_of_erratum(const Manifest& manifest, const Erratum& erratum, const LogTrust& trust)
{
    return unless_withdrawn(evidence_about(manifest, erratum.id, {"errata"}, trust), manifest, {erratum.sha256}, trust);
}

Evidence evidence_of_test(const Manifest& manifest, const TestResult& test, const LogTrust& trust)
{
    return evidence_about(manifest, test.id, {"test"}, trust);
}

} // namespace albs
