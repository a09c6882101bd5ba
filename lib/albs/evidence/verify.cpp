// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/verify.hpp"

#include <algorithm>

#include "albs/json/difference.hpp"
#include "albs/log/merkle.hpp"
#include "albs/manifest/merge_proofs.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/voucher.hpp"
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
        if (canonical_json(*value) == canonical_json(member.value))
            continue;
        Difference difference = first_difference(member.key, *value, member.value);
        return fail(Kind::trust, format_text("the ledger recorded {} {}, the manifest says {}", difference.path,
                                             difference.first, difference.second));
    }
    return fail(Kind::trust, "the ledger's record says more than the manifest does");
}

// The tree that a proof leads to has this entry at the place that the notarization names.
Status verify_proof(const TlogProof& proof, const Notarization& notarization, const Digest& leaf,
                    const Checkpoint& checkpoint)
{
    if (notarization.log != checkpoint.origin || notarization.index < 0 ||
        static_cast<std::uint64_t>(notarization.index) != proof.index)
        return fail(Kind::trust, "its 'log' or 'index' names another entry than its proof does");
    // The leaf is made of them, so there is no telling which.
    Status leads = verify_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root);
    return leads ? leads
                 : fail(std::move(leads).error(), "its statement, signer, signature or proof is not what the log has");
}

// A second proof of one entry has its own name, which is made of the proof.
bool is_named_right(const Notarization& notarization)
{
    std::string plain = format_text("{}#{}", notarization.log, notarization.index);
    return notarization.id == plain ||
           (notarization.proof && notarization.id == second_proof_id(plain, *notarization.proof));
}

Result<std::optional<VerifiedNotarization>> verify_parts(const LoggedEntry& entry, const Notarization& notarization,
                                                         const std::vector<Vkey>& keys, CheckpointCache& checkpoints)
{
    VerifiedNotarization verified;
    Digest leaf = leaf_hash(entry.leaf);
    for (const TlogProof& proof : entry.proofs) {
        const Vkey* key = signer_among(notarization.log, proof, keys);
        if (key == nullptr)
            continue;
        ALBS_TRY(const VerifiedCheckpoint* head, checkpoints.open(proof.checkpoint, *key));
        ALBS_CHECK(verify_proof(proof, notarization, leaf, head->checkpoint));
        verified.checkpoints.push_back(head);
    }
    if (verified.checkpoints.empty())
        return std::optional<VerifiedNotarization>();
    if (!is_named_right(notarization))
        return fail(Kind::trust, "its 'id' names another entry than its proof does");
    if (entry.envelope.payload_type != in_toto_type)
        return fail(Kind::trust, "the envelope holds no in-toto statement");
    ALBS_TRY(PublicKey key, check_leaf(entry.leaf, entry.envelope));
    verified.signer = key.fingerprint().hex();
    if (!entry.statement.is_null()) { // which is what the envelope has
        verified.statement = entry.statement;
    } else {
        ALBS_TRY(verified.statement, read_json(entry.envelope.payload));
    }
    return std::optional<VerifiedNotarization>(std::move(verified));
}

bool is_of_log(const Notarization& notarization, const std::vector<Vkey>& keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const Vkey& key) { return key.name == notarization.log; });
}

std::string named(const Notarization& notarization)
{
    if (notarization.about.empty()) // a proof beside a file names nothing
        return format_text("notarization '{}'", notarization.id);
    return format_text("notarization '{}' of {} '{}'", notarization.id, notarization.kind, notarization.about);
}

// A proof that cannot even be read is as false as one that does not hold.
tl::unexpected<Error> false_proof(const Notarization& notarization, Error error)
{
    error.kind = Kind::trust;
    return fail(std::move(error), named(notarization));
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
        return fail(Kind::trust,
                    "it is called a notarization of the kind '" + notarization.kind + "', which its statement is not");
    ALBS_TRY(std::string subject, stated_subject(statement));
    if (subject != notarization.subject)
        return fail(Kind::trust, "the ledger's statement is about " + subject + ", not about " + notarization.subject);
    ALBS_TRY(std::vector<Json> expected, expected_bindings(manifest, notarization.kind, notarization.about, stated));
    const std::string said = canonical_json(stated);
    if (std::none_of(expected.begin(), expected.end(), [&](const Json& one) { return canonical_json(one) == said; }))
        return difference(stated, expected.front());
    return {};
}

Result<VerifiedCheckpoint> open_with_known(const std::string& text, const Vkey& log, const std::vector<Vkey>& known,
                                           const Policy& policy)
{
    VerifiedCheckpoint verified{.checkpoint = {}, .note = text, .shortfall = {}, .unheld = {}};
    ALBS_TRY(verified.checkpoint, open_checkpoint(text, log));
    ALBS_TRY(Note note, Note::parse(text));
    ALBS_CHECK(verify_known(note, known));
    verified.shortfall = policy.shortfall(note, clock_time());
    return verified;
}

} // namespace

struct CheckpointCache::Entry {
    std::once_flag once;
    Result<VerifiedCheckpoint> opened;
};

CheckpointCache::CheckpointCache(Policy policy) : policy_(std::move(policy)), known_(policy_.keys())
{
    for (Vkey& witness : policy_.witness_keys())
        known_.push_back(std::move(witness));
}
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
        entry->opened = open_with_known(note, log, known_, policy_);
        Status one_history = entry->opened ? check_history(*entry->opened) : Status();
        if (!one_history)
            entry->opened = tl::unexpected(std::move(one_history).error());
    });
    if (!entry->opened)
        return tl::unexpected(entry->opened.error());
    return &*entry->opened;
}

Status CheckpointCache::check_history(VerifiedCheckpoint& opened)
{
    const Checkpoint& checkpoint = opened.checkpoint;
    ALBS_TRY(opened.unheld, known_history_.hold(checkpoint, opened.note));
    std::lock_guard guard(mutex_);
    Digest root = roots_.try_emplace({checkpoint.origin, checkpoint.size}, checkpoint.root).first->second;
    if (root == checkpoint.root)
        return {};
    return fail(Kind::trust, format_text("the log '{}' signed two trees of {} entries: it shows two histories",
                                         checkpoint.origin, checkpoint.size));
}

Result<std::optional<VerifiedNotarization>> verify_notarization(const LoggedEntries& entries,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints)
{
    if (!is_of_log(notarization, keys))
        return std::optional<VerifiedNotarization>();
    Result<LoggedEntry> entry = entries.of(notarization);
    if (!entry)
        return false_proof(notarization, std::move(entry).error());
    return verify_notarization(*entry, notarization, keys, checkpoints);
}

Result<std::optional<VerifiedNotarization>> verify_notarization(const LoggedEntry& entry,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints)
{
    auto verified = verify_parts(entry, notarization, keys, checkpoints);
    if (!verified)
        return false_proof(notarization, std::move(verified).error());
    return verified;
}

Result<std::optional<VerifiedNotarization>> verify_notarization(const Manifest& manifest, const LoggedEntries& entries,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints)
{
    ALBS_TRY(auto verified, verify_notarization(entries, notarization, keys, checkpoints));
    if (verified)
        ALBS_CHECK(check_statement(manifest, notarization, verified->statement));
    return verified;
}

std::string why_not_accepted(const VerifiedNotarization& verified, const Policy& policy)
{
    const std::string kind = statement_kind(verified.statement);
    if (!policy.accepts_statement(verified.signer, kind))
        return format_text("it is signed by a key that the policy does not accept for statements of the kind '{}': {}",
                           kind, verified.signer);
    // The best of its proofs counts.
    auto is_enough = [](const VerifiedCheckpoint* one) { return one->shortfall.empty() && one->unheld.empty(); };
    if (std::any_of(verified.checkpoints.begin(), verified.checkpoints.end(), is_enough))
        return {};
    const VerifiedCheckpoint& last = *verified.checkpoints.back();
    return last.shortfall.empty() ? last.unheld : last.shortfall + "; renew the proof: albs-notarize prove --policy";
}

std::string why_unproved(const LoggedEntries& entries, const Notarization& notarization, const std::vector<Vkey>& keys)
{
    if (!is_of_log(notarization, keys))
        return format_text("it is notarized in '{}' only, which is not the log to be trusted", notarization.log);
    Result<LoggedEntry> entry = entries.of(notarization);
    std::string why = entry && entry->proofs.empty() ? entry->lacking : "that cannot be proved with this key";
    return format_text("it is notarized in '{}', but {}; renew the proof: albs-notarize prove", notarization.log, why);
}

std::optional<StatusChange> claimed_change(const LoggedEntries& entries, const Notarization& notarization)
{
    Result<Envelope> envelope = entries.envelope_of(notarization);
    Result<Json> statement =
        envelope.and_then([](const auto& value) -> tl::expected<Json, Error> { return read_json(value.payload); });
    std::optional<StatusChange> change = statement ? status_of(*statement) : std::nullopt;
    if (change)
        change->index = static_cast<std::uint64_t>(notarization.index);
    return change;
}

Status check_statement(const Manifest& manifest, const Notarization& notarization, const Json& statement)
{
    Status same = compare_with_record(manifest, notarization, statement);
    return same ? same : fail(std::move(same).error(), named(notarization));
}

const Vkey* signer_among(std::string_view log, const TlogProof& proof, const std::vector<Vkey>& keys)
{
    auto of_its_log = [&](const Vkey& key) { return key.name == log; };
    auto first = std::find_if(keys.begin(), keys.end(), of_its_log);
    if (first == keys.end())
        return nullptr;
    Result<Note> note = Note::parse(proof.checkpoint);
    if (!note)
        return &*first;
    auto signer = std::find_if(first, keys.end(),
                               [&](const Vkey& key) { return of_its_log(key) && has_signature_of(*note, key); });
    return signer == keys.end() ? nullptr : &*signer;
}

} // namespace albs
