// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/shared_form.hpp"

#include <algorithm>
#include <set>

#include "albs/statement/leaf.hpp"
#include "albs/statement/statement_forms.hpp"
#include "base/bytes.hpp"

namespace albs {
namespace {

constexpr int max_depth = 48; // of a statement: a manifest has 64, and the statement is three deep in it

bool is_deeper(const Json& value, int depth)
{
    if (value.elements() != nullptr)
        return depth == 0 || std::any_of(value.elements()->begin(), value.elements()->end(),
                                         [&](const Json& one) { return is_deeper(one, depth - 1); });
    if (value.members() != nullptr)
        return depth == 0 || std::any_of(value.members()->begin(), value.members()->end(),
                                         [&](const Json::Member& one) { return is_deeper(one.value, depth - 1); });
    return false;
}

// The envelope can be made again of statement, signature and key.
bool is_made_again(const Envelope& envelope, const Json& statement, Profile profile, const PublicKey& key)
{
    return envelope.payload_type == in_toto_type && envelope.keyid == keyid_of(profile, key) &&
           !is_deeper(statement, max_depth) && write_json(statement) == envelope.payload;
}

} // namespace

NotarizationWriter::NotarizationWriter(Manifest& manifest, const std::string& origin, NodeSource nodes)
    : manifest_(manifest), source_(std::move(nodes))
{
    ledger_.id = origin;
}

Result<JsonText> NotarizationWriter::checkpoint(const std::string& note, std::uint64_t index)
{
    auto place = checkpoints_.find(note);
    if (place == checkpoints_.end()) {
        ALBS_TRY(CheckpointRecord record, checkpoint_record(note));
        place = checkpoints_.emplace(note, std::move(record)).first;
    }
    const CheckpointRecord& record = place->second;
    ALBS_CHECK(make_inclusion_proof(index, static_cast<std::uint64_t>(record.size), nodes_.filled_from(source_)));
    return record.id;
}

Status NotarizationWriter::add(Notarization named, const LoggedEntry& entry, const Json& statement)
{
    ALBS_TRY(PublicKey key, check_leaf(entry.leaf, entry.envelope));
    Profile profile = leaf_profile(entry.leaf);
    ledger_.profile = profile_name(profile);
    for (const TlogProof& proof : entry.proofs) {
        ALBS_TRY(JsonText id, checkpoint(proof.checkpoint, static_cast<std::uint64_t>(named.index)));
        named.checkpoints.push_back(std::move(id));
    }
    if (is_made_again(entry.envelope, statement, profile, key)) {
        std::string id = statement_key_id(key.spki());
        named.signer = id;
        named.statement = statement;
        named.signature = to_base64(entry.envelope.signature);
        auto is_it = [&](const StatementKey& one) { return one.id == id; };
        if (std::none_of(ledger_.statement_keys.begin(), ledger_.statement_keys.end(), is_it))
            ledger_.statement_keys.push_back({.id = id, .key = to_base64(key.spki())});
    } else {
        named.envelope = entry.envelope.json();
    }
    if (!named.signer || leaf_of(profile, entry.envelope, key) != entry.leaf)
        named.entry = to_base64(entry.leaf);
    added_.push_back(std::move(named));
    return {};
}

Status NotarizationWriter::prove(const Notarization& known, const LoggedEntry& entry, const std::string& note)
{
    ledger_.profile = profile_name(leaf_profile(entry.leaf));
    Notarization proved = known;
    ALBS_TRY(JsonText id, checkpoint(note, static_cast<std::uint64_t>(known.index)));
    proved.checkpoints = {std::move(id)};
    return manifest_.add(proved);
}

Status NotarizationWriter::finish()
{
    for (const FormRecord& form : share_forms(added_))
        ALBS_CHECK(manifest_.add(form));
    for (const Notarization& one : added_)
        ALBS_CHECK(manifest_.add(one));
    added_.clear();
    if (checkpoints_.empty())
        return {};
    for (const auto& [note, record] : checkpoints_)
        ALBS_CHECK(manifest_.add(record));
    ledger_.nodes = nodes_.runs();
    return manifest_.add(ledger_);
}

// Where one form was taken for another, FROM need not have it.
Status copy_forms(const Manifest& from, Manifest& to)
{
    std::set<std::string_view> ids;
    for (const Notarization& one : to.notarizations())
        if (one.form)
            ids.insert(*one.form);
    for (std::string_view id : ids)
        if (const FormRecord* form = from.find<FormRecord>(id))
            ALBS_CHECK(to.add(*form));
    return {};
}

Status copy_shared(const Manifest& from, Manifest& to)
{
    const InclusionProofs proofs(from);
    std::map<std::string, std::pair<LedgerRecord, TreeNodes>> ledgers;
    std::vector<CheckpointRecord> checkpoints;
    std::set<std::string_view> seen;
    ALBS_CHECK(copy_forms(from, to));
    for (const Notarization& one : to.notarizations()) {
        const LedgerRecord* ledger = from.find<LedgerRecord>(one.log);
        ALBS_TRY(const TreeNodes* nodes, proofs.nodes_of(one.log));
        if (ledger == nullptr || nodes == nullptr)
            continue;
        auto [place, is_new] = ledgers.try_emplace(one.log);
        auto& [record, needed] = place->second;
        if (is_new)
            record = {
                .id = ledger->id, .profile = ledger->profile, .statement_keys = ledger->statement_keys, .nodes = {}};
        const NodeSource source = nodes->source();
        for (const JsonText& id : one.checkpoints) {
            const CheckpointRecord* checkpoint = from.find<CheckpointRecord>(id);
            if (checkpoint == nullptr)
                continue;
            if (seen.insert(checkpoint->id).second)
                checkpoints.push_back(*checkpoint);
            // What FROM cannot prove, TO cannot either.
            (void)make_inclusion_proof(static_cast<std::uint64_t>(one.index),
                                       static_cast<std::uint64_t>(checkpoint->size), needed.filled_from(source));
        }
    }
    for (const CheckpointRecord& checkpoint : checkpoints)
        ALBS_CHECK(to.add(checkpoint));
    for (auto& [log, place] : ledgers) {
        place.first.nodes = place.second.runs();
        ALBS_CHECK(to.add(place.first));
    }
    return {};
}

} // namespace albs
