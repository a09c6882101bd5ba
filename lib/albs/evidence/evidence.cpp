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
#include "albs/statement/test_run.hpp"
#include "albs/statement/voucher.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

template <Repeatable Record> bool has_attempts(const Manifest& manifest)
{
    const std::vector<Record>& all = manifest.records<Record>();
    return std::any_of(all.begin(), all.end(), [](const Record& record) { return record.follows.has_value(); });
}

// Statements about a file, each of which answers another question.
bool is_about_file(std::string_view kind)
{
    return kind == "build" || kind == "srpm" || kind == "file" || kind == "test";
}

Digest digest_of(const Json& binding)
{
    return sha256(canonical_json(binding));
}

} // namespace

EvidenceReader::EvidenceReader(const Manifest& manifest, Policy policy)
    : manifest_(manifest), has_attempts_(has_attempts<Source>(manifest) || has_attempts<Task>(manifest) ||
                                         has_attempts<Signature>(manifest) || has_attempts<Release>(manifest) ||
                                         has_attempts<Reproduction>(manifest)),
      lineage_(manifest), entries_(manifest), policy_(std::move(policy)), keys_(policy_.keys()), checkpoints_(policy_),
      proofs_(new Proof[manifest.notarizations().size()])
{
    const std::vector<Notarization>& all = manifest.notarizations();
    for (std::size_t at = 0; at < all.size(); ++at)
        if (all[at].kind == status_kind)
            status_[all[at].about].push_back(at);
        else if (all[at].kind == "test")
            tests_[all[at].subject].push_back(at);
}

EvidenceReader::~EvidenceReader() = default;

const EvidenceReader::Proof& EvidenceReader::proof_of(std::size_t at) const
{
    Proof& proof = proofs_[at];
    std::call_once(proof.once, [&] {
        ++checked_;
        const Notarization& notarization = manifest_.notarizations()[at];
        Result<std::optional<VerifiedNotarization>> tried =
            verify_notarization(entries_, notarization, keys_, checkpoints_);
        proof.known = proof.trusted = !tried || tried->has_value();
        if (!tried || !*tried) {
            proof.entry = proof.record =
                tried ? fail(Kind::input, "none of the known keys signed it") : tl::unexpected(tried.error());
            return;
        }
        VerifiedNotarization* verified = &**tried;
        proof.unaccepted = why_not_accepted(*verified, policy_);
        bool is_short = !proof.unaccepted.empty() &&
                        policy_.accepts_statement(verified->signer, statement_kind(verified->statement));
        proof.checkpoints = std::move(verified->checkpoints);
        proof.record = check_statement(manifest_, notarization, verified->statement);
        // Who changed a record must not pass because its witnesses are late.
        proof.trusted = proof.unaccepted.empty() || (is_short && !proof.record);
        if (Result<Json> stated = stated_binding(verified->statement)) {
            proof.task = text_member(*stated, "task");
            if (has_attempts_)
                proof.binding = digest_of(*stated);
            if (notarization.kind == "test") {
                proof.checks = stated_checks(verified->statement);
                proof.tests = stated_tests(*stated);
                std::sort(proof.tests.begin(), proof.tests.end());
            }
        }
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

Result<std::vector<const VerifiedCheckpoint*>> EvidenceReader::check(const Notarization& notarization) const
{
    const Proof& proof = proof_of(notarization);
    if (proof.trusted)
        ALBS_CHECK(proof.record);
    return proof.checkpoints;
}

// verified when all of the notarizations that are about the record and of one of these kinds hold, and one of them
// tells what is asked.
Evidence EvidenceReader::about(std::string_view record, std::initializer_list<std::string_view> kinds,
                               const Filter& tells) const
{
    const bool is_file = manifest_.artifact(record) != nullptr;
    Evidence evidence{.answer = Evidence::Answer::absent, .reason = "the manifest holds no notarization of it"};
    for (const Notarization* notarization : manifest_.notarizations_about(record)) {
        if (notarization->kind == status_kind) // a change of status, not the record
            continue;
        bool right_kind = std::find(kinds.begin(), kinds.end(), notarization->kind) != kinds.end();
        if (!right_kind && is_file && is_about_file(notarization->kind))
            continue;
        const Proof& proof = proof_of(*notarization);
        if (!proof.trusted && right_kind) {
            if (evidence.answer == Evidence::Answer::absent)
                evidence.reason = proof.known ? proof.unaccepted : why_unproved(entries_, *notarization, keys_);
            continue;
        }
        if (!proof.record)
            return {.answer = Evidence::Answer::contradicted, .reason = proof.record.error().message};
        if (!right_kind)
            return {.answer = Evidence::Answer::contradicted,
                    .reason = format_text("notarization '{}' is of the kind '{}', which this record cannot have",
                                          notarization->id, notarization->kind)};
        if (tells && !tells(proof))
            continue;
        evidence.answer = Evidence::Answer::verified;
        evidence.reason.clear();
        evidence.vouchers.push_back(
            {.kind = notarization->kind, .entry = notarization->id, .signer = proof.signer, .time = proof.time});
    }
    return evidence;
}

// Other attempts have statements of their own.
template <Repeatable Record>
EvidenceReader::Filter EvidenceReader::tells_this(const Record& record, const Json& binding) const
{
    if (!has_attempts_ || manifest_.attempts<Record>(plain_id(record)).size() < 2)
        return {};
    return [wanted = digest_of(binding)](const Proof& proof) { return proof.binding == wanted; };
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
    return unless_withdrawn(about(plain_id(source), {"source"}, tells_this(source, source_binding(source))),
                            Lineage::of_source(source));
}

Evidence EvidenceReader::of_signature(const Signature& signature) const
{
    std::vector<std::string> digests = lineage_.of(signature.artifact);
    for (std::string& one : lineage_.of(signature.unsigned_sha256))
        digests.push_back(std::move(one));
    return unless_withdrawn(
        about(plain_id(signature), {"signature"}, tells_this(signature, signature_binding(manifest_, signature))),
        digests);
}

Evidence EvidenceReader::of_release(const Release& release) const
{
    return unless_withdrawn(about(plain_id(release), {"release"}, tells_this(release, release_binding(release))),
                            {release.repomd_sha256});
}

Evidence EvidenceReader::of_erratum(const Erratum& erratum) const
{
    return unless_withdrawn(about(erratum.id, {"errata"}), {erratum.sha256});
}

Evidence EvidenceReader::of_reproduction(const Reproduction& reproduction) const
{
    return unless_withdrawn(
        about(plain_id(reproduction), {"reproduction"}, tells_this(reproduction, reproduction_binding(reproduction))),
        {std::string(reproduction.artifact)});
}

} // namespace albs
