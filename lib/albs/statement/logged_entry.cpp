// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/logged_entry.hpp"

#include <algorithm>
#include <optional>

#include "albs/manifest/merge_proofs.hpp"
#include "albs/statement/leaf.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {

// The statement key that a notarization names, and the profile of its log; no key when the manifest lacks it.
struct LoggedEntries::Signer {
    Profile profile = Profile::rekor;
    std::optional<PublicKey> key;
};

Result<LoggedEntries::Signer> LoggedEntries::signer_of(const Notarization& notarization) const
{
    Signer signer;
    const LedgerRecord* ledger = manifest_ == nullptr ? nullptr : manifest_->find<LedgerRecord>(notarization.log);
    if (ledger == nullptr || !notarization.signer)
        return signer;
    ALBS_TRY(signer.profile, parse_profile(ledger->profile));
    for (const StatementKey& one : ledger->statement_keys)
        if (one.id == *notarization.signer) {
            ALBS_TRY(Bytes spki, from_base64(one.key));
            if (statement_key_id(spki) != one.id.view())
                return fail(Kind::trust, format_text("the statement key '{}' has another id", one.id));
            ALBS_TRY(signer.key, PublicKey::from_spki(spki));
            if (signer.profile == Profile::sigsum && signer.key->type() != KeyType::ed25519)
                return fail(Kind::trust, format_text("the key '{}' cannot sign for the sigsum profile", one.id));
        }
    return signer;
}

Json LoggedEntries::statement_of(const Notarization& notarization) const
{
    if (manifest_ != nullptr)
        return manifest_->statement_of(notarization);
    return notarization.form ? Json() : notarization.statement;
}

Result<Envelope> LoggedEntries::envelope_of(const Notarization& notarization) const
{
    return envelope_with(notarization, statement_of(notarization));
}

Result<Envelope> LoggedEntries::envelope_with(const Notarization& notarization, const Json& statement) const
{
    if (!notarization.envelope.is_null())
        return Envelope::from(notarization.envelope);
    if (statement.is_null())
        return fail(Kind::input, "it has neither an envelope nor a statement");
    ALBS_TRY(Signer signer, signer_of(notarization));
    Envelope envelope{.payload = write_json(statement),
                      .payload_type = std::string(in_toto_type),
                      .signature = {},
                      .keyid = signer.key ? keyid_of(signer.profile, *signer.key) : ""};
    if (notarization.signature) {
        ALBS_TRY(envelope.signature, from_base64(*notarization.signature));
    }
    return envelope;
}

Result<LoggedEntry> LoggedEntries::of(const Notarization& notarization) const
{
    LoggedEntry entry;
    entry.statement = statement_of(notarization);
    if (entry.statement.is_null() && notarization.form && notarization.envelope.is_null()) {
        entry.lacking = format_text("the manifest lacks the form '{}' of its statement", *notarization.form);
        return entry;
    }
    ALBS_TRY(entry.envelope, envelope_with(notarization, entry.statement));
    // One of the two is shown to people and programs, the other is proved.
    if (!entry.statement.is_null() && !notarization.envelope.is_null() &&
        write_json(entry.statement) != entry.envelope.payload)
        return fail(Kind::trust, "its statement is not the one in its envelope");
    ALBS_TRY(Inclusion inclusion, proofs_.of(notarization));
    entry.proofs = std::move(inclusion.proofs);
    entry.lacking = std::move(inclusion.lacking);
    if (entry.proofs.empty() && entry.lacking.empty())
        entry.lacking = "it has no proof";
    if (notarization.entry) {
        ALBS_TRY(Bytes leaf, from_base64(*notarization.entry));
        entry.leaf = as_text(leaf);
        return entry;
    }
    ALBS_TRY(Signer signer, signer_of(notarization));
    std::optional<std::string> leaf = signer.key ? leaf_of(signer.profile, entry.envelope, *signer.key) : std::nullopt;
    if (leaf) {
        entry.leaf = *std::move(leaf);
        return entry;
    }
    entry.proofs.clear();
    entry.lacking = notarization.signer ? format_text("the manifest lacks the statement key '{}' of '{}'",
                                                      *notarization.signer, notarization.log)
                                        : "it names no statement key";
    return entry;
}

Notarization complete_notarization(Notarization named, const LoggedEntry& entry, const TlogProof& proof)
{
    named.checkpoints.clear();
    named.signer = named.signature = named.form = {};
    named.statement = {};
    named.entry = to_base64(entry.leaf);
    named.proof = proof.text();
    named.envelope = entry.envelope.json();
    return named;
}

Result<std::vector<Notarization>> LoggedEntries::complete(const Notarization& notarization) const
{
    ALBS_TRY(LoggedEntry entry, of(notarization));
    std::vector<Notarization> all;
    for (const TlogProof& proof : entry.proofs) {
        all.push_back(complete_notarization(notarization, entry, proof));
        if (all.size() > 1)
            all.back().id =
                second_proof_id(format_text("{}#{}", notarization.log, notarization.index), *all.back().proof);
    }
    return all;
}

} // namespace albs
