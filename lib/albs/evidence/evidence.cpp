// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/evidence.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "albs/crypto/dsse.hpp"
#include "albs/evidence/proof.hpp"
#include "albs/json/fields.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// What the statement binds, whether or not it holds.
Result<Json> unverified_binding(const Notarization& notarization)
{
    ALBS_TRY(Envelope envelope, Envelope::from(notarization.envelope));
    ALBS_TRY(Json statement, read_json(envelope.payload));
    return stated_binding(statement);
}

} // namespace

EvidenceReader::EvidenceReader(const Manifest& manifest, LogTrust trust)
    : manifest_(manifest), lineage_(manifest), keys_(std::move(trust.keys)), checkpoints_(keys_),
      proofs_(new Proof[manifest.notarizations().size()])
{
    const std::vector<Notarization>& all = manifest.notarizations();
    for (std::size_t at = 0; at < all.size(); ++at)
        if (all[at].kind == status_kind)
            status_[all[at].about].push_back(at);
}

EvidenceReader::~EvidenceReader() = default;

const EvidenceReader::Proof& EvidenceReader::proof_of(std::size_t at) const
{
    Proof& proof = proofs_[at];
    std::call_once(proof.once, [&] {
        ++checked_;
        const Notarization& notarization = manifest_.notarizations()[at];
        Result<std::optional<VerifiedNotarization>> tried = verify_notarization(notarization, keys_, checkpoints_);
        proof.trusted = !tried || tried->has_value();
        if (!tried || !*tried) {
            proof.entry = proof.record =
                tried ? fail(Kind::input, "none of the known keys signed it") : tl::unexpected(tried.error());
            return;
        }
        VerifiedNotarization* verified = &**tried;
        proof.checkpoint = verified->checkpoint;
        proof.record = check_statement(manifest_, notarization, verified->statement);
        if (Result<Json> stated = stated_binding(verified->statement))
            proof.task = text_member(*stated, "task");
        proof.signer = std::move(verified->signer);
        proof.time = statement_time(verified->statement);
        if (notarization.kind == status_kind && (proof.change = status_of(verified->statement)))
            proof.change->index = static_cast<std::uint64_t>(notarization.index);
    });
    return proof;
}

const EvidenceReader::Proof& EvidenceReader::proof_of(const Notarization& notarization) const
{
    return proof_of(static_cast<std::size_t>(&notarization - manifest_.notarizations().data()));
}

Result<const VerifiedCheckpoint*> EvidenceReader::check(const Notarization& notarization) const
{
    const Proof& proof = proof_of(notarization);
    if (!proof.trusted)
        return nullptr;
    ALBS_CHECK(proof.record);
    return proof.checkpoint;
}

// verified when all of the notarizations that are about the record and of one of these kinds hold.
Evidence EvidenceReader::about(std::string_view record, std::initializer_list<std::string_view> kinds) const
{
    Evidence evidence{.answer = Evidence::Answer::absent, .reason = "the manifest holds no notarization of it"};
    for (const Notarization* notarization : manifest_.notarizations_about(record)) {
        if (notarization->kind == status_kind) // a change of status, not the record
            continue;
        bool right_kind = std::find(kinds.begin(), kinds.end(), notarization->kind) != kinds.end();
        const Proof& proof = proof_of(*notarization);
        if (!proof.trusted && right_kind) {
            evidence.reason = why_unproved(*notarization, keys_);
            continue;
        }
        if (!proof.record)
            return {.answer = Evidence::Answer::contradicted, .reason = proof.record.error().message};
        if (!right_kind)
            return {.answer = Evidence::Answer::contradicted,
                    .reason = format_text("notarization '{}' is of the kind '{}', which this record cannot have",
                                          notarization->id, notarization->kind)};
        evidence.answer = Evidence::Answer::verified;
        evidence.reason.clear();
        evidence.vouchers.push_back(
            {.kind = notarization->kind, .entry = notarization->id, .signer = proof.signer, .time = proof.time});
    }
    return evidence;
}

// A task that claims the artifact and has no record of its own: adding a task must not borrow another's evidence.
std::string EvidenceReader::unrecorded_task(const Artifact& artifact) const
{
    std::set<std::string_view> recorded;
    for (const Notarization* notarization : manifest_.notarizations_about(artifact.sha256))
        if (notarization->kind == "build")
            if (const Proof& proof = proof_of(*notarization); proof.trusted && proof.record)
                recorded.insert(proof.task);
    for (const Task* task : manifest_.tasks_with(artifact.sha256))
        if (!recorded.contains(task->id))
            return task->id;
    return {};
}

void EvidenceReader::index_stated_files() const
{
    const std::vector<Notarization>& all = manifest_.notarizations();
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (all[at].kind != "build" && all[at].kind != "srpm")
            continue;
        Result<Json> stated = unverified_binding(all[at]);
        if (!stated)
            continue;
        StatedFile file{.notarization = at, .sha256 = text_member(*stated, "sha256")};
        std::string name = text_member(*stated, "name");
        const Source* source = all[at].kind == "srpm" ? manifest_.source(text_member(*stated, "source")) : nullptr;
        if (source != nullptr)
            files_[{"srpm", source->srpm, name}].push_back(file);
        files_[{"task", text_member(*stated, "task"), name}].push_back(std::move(file));
    }
}

// An artifact without a notarization may stand where the ledger knows another file: same task, same file name.
std::string EvidenceReader::replaced_file(const Artifact& artifact) const
{
    std::call_once(files_indexed_, [this] { index_stated_files(); });
    const Task* task = manifest_.task_of(artifact);
    const StatedFile* first = nullptr;
    auto look_at = [&](const FilePlace& place) {
        auto files = files_.find(place);
        if (files == files_.end())
            return;
        for (const StatedFile& file : files->second) {
            if (file.sha256 == artifact.sha256 || (first != nullptr && first->notarization <= file.notarization))
                continue;
            if (const Proof& proof = proof_of(file.notarization); proof.trusted && proof.entry)
                first = &file;
        }
    };
    if (task != nullptr)
        look_at({"task", task->id, artifact.name});
    look_at({"srpm", artifact.sha256, artifact.name});
    if (first == nullptr)
        return {};
    return format_text("the ledger recorded {} as '{}', the manifest has {}", first->sha256, artifact.name,
                       artifact.sha256);
}

Evidence EvidenceReader::of_artifact(const Artifact& artifact) const
{
    Evidence evidence = about(artifact.sha256, {"build", "srpm", "file"});
    if (evidence.answer == Evidence::Answer::verified) {
        if (std::string task = unrecorded_task(artifact); !task.empty())
            return {.answer = Evidence::Answer::absent,
                    .reason = "the manifest holds no notarization that the task '" + task + "' made it"};
        return unless_withdrawn(std::move(evidence), lineage_.of(artifact));
    }
    if (evidence.answer == Evidence::Answer::absent)
        if (std::string other = replaced_file(artifact); !other.empty())
            return {.answer = Evidence::Answer::contradicted, .reason = std::move(other)};
    return evidence;
}

Evidence EvidenceReader::of_source(const Source& source) const
{
    std::vector<std::string> digests{source.srpm};
    if (source.commit)
        digests.push_back(*source.commit);
    return unless_withdrawn(about(source.id, {"source"}), digests);
}

Evidence EvidenceReader::of_signature(const Signature& signature) const
{
    std::vector<std::string> digests = lineage_.of(signature.artifact);
    for (std::string& one : lineage_.of(signature.unsigned_sha256))
        digests.push_back(std::move(one));
    return unless_withdrawn(about(signature.id, {"signature"}), digests);
}

Evidence EvidenceReader::of_release(const Release& release) const
{
    return unless_withdrawn(about(release.id, {"release"}), {release.repomd_sha256});
}

Evidence EvidenceReader::of_erratum(const Erratum& erratum) const
{
    return unless_withdrawn(about(erratum.id, {"errata"}), {erratum.sha256});
}

Evidence EvidenceReader::of_test(const TestResult& test) const
{
    return about(test.id, {"test"});
}

} // namespace albs
