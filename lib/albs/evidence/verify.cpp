// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/verify.hpp"

#include <algorithm>

#include "albs/log/merkle.hpp"
#include "albs/manifest/merge_proofs.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// The members of the two that differ first, for the reader.
tl::unexpected<Error> difference(const Json& stated, const Json& expected)
{
    for (const Json::Member& member : *expected.members()) {
        const Json* value = stated.find(member.key);
        if (value == nullptr)
            return fail(Kind::trust, "the ledger's record does not say '" + member.key + "'");
        if (canonical_json(*value) != canonical_json(member.value))
            return fail(Kind::trust,
                        format_text("the ledger recorded {} {}, the manifest says {}", member.key,
                                    write_json(*value).substr(0, 120), write_json(member.value).substr(0, 120)));
    }
    return fail(Kind::trust, "the ledger's record says more than the manifest does");
}

Result<VerifiedNotarization> verify_parts(const Notarization& notarization, const Vkey& log,
                                          CheckpointCache& checkpoints)
{
    ALBS_TRY(TlogProof proof, TlogProof::parse(notarization.proof));
    ALBS_TRY(const VerifiedCheckpoint* head, checkpoints.open(proof.checkpoint, log));
    const Checkpoint& checkpoint = head->checkpoint;
    std::string plain = checkpoint.origin + "#" + std::to_string(proof.index);
    if (notarization.log != checkpoint.origin || notarization.index < 0 ||
        static_cast<std::uint64_t>(notarization.index) != proof.index ||
        (notarization.id != plain && notarization.id != second_proof_id(plain, notarization.proof)))
        return fail(Kind::trust, "it names another entry than its proof does");
    ALBS_TRY(Bytes entry, from_base64(notarization.entry));
    ALBS_CHECK(verify_inclusion(proof.index, checkpoint.size, leaf_hash(as_text(entry)), proof.hashes,
                                checkpoint.root));
    ALBS_TRY(Envelope envelope, Envelope::from(notarization.envelope));
    if (envelope.payload_type != in_toto_type)
        return fail(Kind::trust, "the envelope holds no in-toto statement");
    ALBS_TRY(PublicKey key, check_leaf(as_text(entry), envelope));
    ALBS_TRY(Json statement, read_json(envelope.payload));
    return VerifiedNotarization{
        .statement = std::move(statement), .signer = key.fingerprint().hex(), .checkpoint = head};
}

Status compare_with_record(const Manifest& manifest, const Notarization& notarization, const Json& statement)
{
    if (notarization.kind == status_kind) {
        // It repeats no record of the manifest; all that can be false is what it is said to be about.
        ALBS_TRY(std::string about, stated_subject(statement));
        if (!status_of(statement) || about != notarization.subject || about != notarization.about)
            return fail(Kind::trust, "it is called a change of status of " + notarization.about + ", which it is not");
        return {};
    }
    ALBS_TRY(Json stated, stated_binding(statement));
    const Json* record = stated.find("record");
    if (record == nullptr || record->string() == nullptr || *record->string() != notarization.kind)
        return fail(Kind::trust, "it is called a notarization of the kind '" + notarization.kind +
                                     "', which its statement is not");
    ALBS_TRY(std::string subject, stated_subject(statement));
    if (subject != notarization.subject)
        return fail(Kind::trust, "the ledger's statement is about " + subject + ", not about " + notarization.subject);
    ALBS_TRY(Json expected, expected_binding(manifest, notarization.kind, notarization.about, stated));
    if (canonical_json(stated) != canonical_json(expected))
        return difference(stated, expected);
    return {};
}

Result<Checkpoint> open_with_known(const std::string& text, const Vkey& log, const std::vector<Vkey>& known)
{
    ALBS_TRY(Checkpoint checkpoint, open_checkpoint(text, log));
    ALBS_TRY(Note note, Note::parse(text));
    ALBS_CHECK(verify_known(note, known));
    return checkpoint;
}

} // namespace

struct CheckpointCache::Entry {
    std::once_flag once;
    Result<VerifiedCheckpoint> opened;
};

CheckpointCache::CheckpointCache(std::vector<Vkey> known) : known_(std::move(known)) {}
CheckpointCache::~CheckpointCache() = default;

Result<const VerifiedCheckpoint*> CheckpointCache::open(const std::string& note, const Vkey& log)
{
    Entry* entry = nullptr;
    {
        std::lock_guard guard(mutex_);
        std::unique_ptr<Entry>& place = entries_[log.text() + "\n" + note];
        if (!place)
            place = std::make_unique<Entry>();
        entry = place.get();
    }
    std::call_once(entry->once, [&] {
        if (Result<Checkpoint> checkpoint = open_with_known(note, log, known_))
            entry->opened = VerifiedCheckpoint{.checkpoint = *std::move(checkpoint), .note = note};
        else
            entry->opened = tl::unexpected(std::move(checkpoint).error());
    });
    if (!entry->opened)
        return tl::unexpected(entry->opened.error());
    return &*entry->opened;
}

Result<VerifiedNotarization> verify_notarization(const Notarization& notarization, const Vkey& log,
                                                 CheckpointCache& checkpoints)
{
    Result<VerifiedNotarization> verified = verify_parts(notarization, log, checkpoints);
    if (!verified) {
        // A proof that cannot even be read is as false as one that does not hold.
        Error error = std::move(verified).error();
        error.kind = Kind::trust;
        return fail(std::move(error), "notarization '" + notarization.id + "'");
    }
    return verified;
}

Result<VerifiedNotarization> verify_notarization(const Manifest& manifest, const Notarization& notarization,
                                                 const Vkey& log, CheckpointCache& checkpoints)
{
    ALBS_TRY(VerifiedNotarization verified, verify_notarization(notarization, log, checkpoints));
    ALBS_CHECK(check_statement(manifest, notarization, verified.statement));
    return verified;
}

Result<std::optional<VerifiedNotarization>> verify_notarization(const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints)
{
    const Vkey* key = signer_among(notarization, keys);
    if (key == nullptr)
        return std::optional<VerifiedNotarization>();
    ALBS_TRY(VerifiedNotarization verified, verify_notarization(notarization, *key, checkpoints));
    return std::optional<VerifiedNotarization>(std::move(verified));
}

Result<std::optional<VerifiedNotarization>> verify_notarization(const Manifest& manifest,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints)
{
    ALBS_TRY(std::optional<VerifiedNotarization> verified, verify_notarization(notarization, keys, checkpoints));
    if (verified)
        ALBS_CHECK(check_statement(manifest, notarization, verified->statement));
    return verified;
}

std::string why_unproved(const Notarization& notarization, const std::vector<Vkey>& keys)
{
    auto of_its_log = [&](const Vkey& key) { return key.name == notarization.log; };
    if (std::any_of(keys.begin(), keys.end(), of_its_log))
        return format_text("it is notarized in '{}', but that cannot be proved with this key; renew the proof: "
                           "albs-notarize prove",
                           notarization.log);
    return format_text("it is notarized in '{}' only, which is not the log to be trusted", notarization.log);
}

std::optional<StatusChange> claimed_change(const Notarization& notarization)
{
    Result<Envelope> envelope = Envelope::from(notarization.envelope);
    Result<Json> statement = envelope.and_then(
        [](const auto& value) -> tl::expected<Json, Error> { return read_json(value.payload); });
    std::optional<StatusChange> change = statement ? status_of(*statement) : std::nullopt;
    if (change)
        change->index = static_cast<std::uint64_t>(notarization.index);
    return change;
}

Status check_statement(const Manifest& manifest, const Notarization& notarization, const Json& statement)
{
    Status same = compare_with_record(manifest, notarization, statement);
    return same ? same : fail(std::move(same).error(), "notarization '" + notarization.id + "'");
}

const Vkey* signer_among(const Notarization& notarization, const std::vector<Vkey>& keys)
{
    auto of_its_log = [&](const Vkey& key) { return key.name == notarization.log; };
    auto first = std::find_if(keys.begin(), keys.end(), of_its_log);
    if (first == keys.end())
        return nullptr;
    Result<TlogProof> proof = TlogProof::parse(notarization.proof);
    Result<Note> note = proof.and_then([](const auto& value) -> tl::expected<Note, Error> {
        return Note::parse(value.checkpoint);
    });
    if (!note)
        return &*first;
    auto signer = std::find_if(first, keys.end(),
                               [&](const Vkey& key) { return of_its_log(key) && has_signature_of(*note, key); });
    return signer == keys.end() ? nullptr : &*signer;
}

} // namespace albs
