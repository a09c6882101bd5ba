// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/verify.hpp"

#include <algorithm>
#include <map>

#include "albs/log/merkle.hpp"
#include "albs/manifest/merge_proofs.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"

namespace albs {
namespace {

// All records of one commit share a checkpoint, and its signature costs more than the rest of a proof.
Result<Checkpoint> open_cached(const std::string& note, const Vkey& log)
{
    thread_local std::map<std::string, Checkpoint> opened;
    std::string key = log.text() + "\n" + note;
    if (auto found = opened.find(key); found != opened.end())
        return found->second;
    ALBS_TRY(Checkpoint checkpoint, open_checkpoint(note, log));
    if (opened.size() >= 64)
        opened.clear();
    opened.emplace(std::move(key), checkpoint);
    return checkpoint;
}

// The members of the two that differ first, for the reader.
tl::unexpected<Error> difference(const Json& stated, const Json& expected)
{
    for (const Json::Member& member : *expected.members()) {
        const Json* value = stated.find(member.key);
        if (value == nullptr)
            return fail(Kind::trust, "the ledger's record does not say '" + member.key + "'");
        if (canonical_json(*value) != canonical_json(member.value))
            return fail(Kind::trust, "the ledger recorded " + member.key + " " + write_json(*value).substr(0, 120) +
                                         ", the manifest says " + write_json(member.value).substr(0, 120));
    }
    return fail(Kind::trust, "the ledger's record says more than the manifest does");
}

Result<VerifiedNotarization> verify_parts(const Notarization& notarization, const Vkey& log)
{
    ALBS_TRY(TlogProof proof, TlogProof::parse(notarization.proof));
    ALBS_TRY(Checkpoint checkpoint, open_cached(proof.checkpoint, log));
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
    ALBS_CHECK(check_leaf(as_text(entry), envelope));
    ALBS_TRY(Json statement, read_json(envelope.payload));
    return VerifiedNotarization{
        .statement = std::move(statement), .checkpoint = std::move(checkpoint), .note = std::move(proof.checkpoint)};
}

Status compare(const Manifest& manifest, const Notarization& notarization, const Json& statement)
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

} // namespace

Result<VerifiedNotarization> verify_notarization(const Notarization& notarization, const Vkey& log)
{
    Result<VerifiedNotarization> verified = verify_parts(notarization, log);
    if (!verified) {
        // A proof that cannot even be read is as false as one that does not hold.
        Error error = std::move(verified).error();
        error.kind = Kind::trust;
        return fail(std::move(error), "notarization '" + notarization.id + "'");
    }
    return verified;
}

Result<VerifiedNotarization> verify_notarization(const Manifest& manifest, const Notarization& notarization, const Vkey& log)
{
    ALBS_TRY(VerifiedNotarization verified, verify_notarization(notarization, log));
    if (Status same = compare(manifest, notarization, verified.statement); !same)
        return fail(std::move(same).error(), "notarization '" + notarization.id + "'");
    return verified;
}

const Vkey* signer_among(const Notarization& notarization, const std::vector<Vkey>& keys)
{
    const Vkey* first = nullptr;
    auto of_its_log = [&](const Vkey& key) { return key.name == notarization.log; };
    if (std::count_if(keys.begin(), keys.end(), of_its_log) <= 1) {
        auto found = std::find_if(keys.begin(), keys.end(), of_its_log);
        return found == keys.end() ? nullptr : &*found;
    }
    Result<TlogProof> proof = TlogProof::parse(notarization.proof);
    Result<Note> note = proof.and_then([](const auto& value) -> tl::expected<Note, Error> {
        return Note::parse(value.checkpoint);
    });
    for (const Vkey& key : keys) {
        if (!of_its_log(key))
            continue;
        first = first == nullptr ? &key : first;
        if (note && std::any_of(note->signatures.begin(), note->signatures.end(), [&](const NoteSignature& line) {
                return line.name == key.name && line.id == key.id();
            }))
            return &key;
    }
    return first;
}

Result<std::vector<Vkey>> trusted_keys(const LogTrust& trust)
{
    std::vector<Vkey> keys;
    std::string_view text = trust.vkey;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        ALBS_TRY(Vkey key, Vkey::parse(text.substr(0, end)));
        keys.push_back(std::move(key));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (keys.empty())
        return fail(Kind::input, "no verifier key");
    return keys;
}

Evidence evidence_about(const Manifest& manifest, std::string_view about,
                        std::initializer_list<std::string_view> kinds, const LogTrust& trust)
{
    Evidence evidence{.answer = Evidence::Answer::absent,
                      .reason = "the manifest holds no notarization of it",
                      .statement = {}};
    Result<std::vector<Vkey>> keys = trusted_keys(trust);
    if (!keys) {
        evidence.reason = keys.error().message;
        evidence.answer = Evidence::Answer::contradicted;
        return evidence;
    }
    for (const Notarization* one : manifest.notarizations_about(about)) {
        const Notarization& notarization = *one;
        if (notarization.kind == status_kind) // a later word on the record, not the record
            continue;
        bool right_kind = std::find(kinds.begin(), kinds.end(), notarization.kind) != kinds.end();
        const Vkey* key = signer_among(notarization, *keys);
        if (key == nullptr && right_kind) {
            evidence.reason = "it is notarized in '" + notarization.log + "' only, which is not the log to be trusted";
            continue;
        }
        Result<VerifiedNotarization> verified = verify_notarization(manifest, notarization, key == nullptr ? keys->front() : *key);
        if (!verified || !right_kind) {
            evidence.answer = Evidence::Answer::contradicted;
            evidence.reason = verified ? "notarization '" + notarization.id + "' is of the kind '" + notarization.kind +
                                             "', which this record cannot have"
                                       : verified.error().message;
            return evidence;
        }
        evidence.answer = Evidence::Answer::verified;
        evidence.reason.clear();
        evidence.statement = std::move(verified->statement);
    }
    return evidence;
}

} // namespace albs
