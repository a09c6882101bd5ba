// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/merge_proofs.hpp"

#include <algorithm>

#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "albs/manifest/records.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// A member of one form only, or one that is united, differs from none.
bool differ_in_proof_only(const Json& known, const Json& added)
{
    auto text_of = [](const Json& record) {
        const Json* proof = record.find("proof");
        return proof == nullptr ? nullptr : proof->string();
    };
    const JsonText* first = text_of(known);
    const JsonText* second = text_of(added);
    if (first == nullptr || second == nullptr || *first == *second)
        return false;
    return std::all_of(added.members()->begin(), added.members()->end(), [&](const Json::Member& member) {
        const Json* value = known.find(member.key);
        bool one_only = value == nullptr || value->is_null() || member.value.is_null();
        return one_only || member.key == "proof" || member.key == "checkpoints" ||
               canonical_json(*value) == canonical_json(member.value);
    });
}

// The tree that the proof leads to, if it does.
Result<Checkpoint> tree_of(const Notarization& notarization)
{
    if (!notarization.entry)
        return fail(Kind::input, "it has no entry of its own");
    ALBS_TRY(TlogProof proof, TlogProof::parse(*notarization.proof));
    ALBS_TRY(Note note, Note::parse(proof.checkpoint));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    ALBS_TRY(Bytes entry, from_base64(*notarization.entry));
    bool named = notarization.index >= 0 && proof.index == static_cast<std::uint64_t>(notarization.index) &&
                 checkpoint.origin == notarization.log &&
                 notarization.id == notarization.log + "#" + std::to_string(notarization.index);
    if (!named)
        return fail(Kind::trust, "it names another entry than its proof does");
    ALBS_CHECK(
        verify_inclusion(proof.index, checkpoint.size, leaf_hash(as_text(entry)), proof.hashes, checkpoint.root));
    return checkpoint;
}

} // namespace

std::string second_proof_id(const std::string& plain_id, std::string_view proof)
{
    return plain_id + "@" + sha256(proof).hex().substr(0, 12);
}

Result<std::optional<std::string>> beside_known(const Json& known, const Json& added)
{
    std::optional<std::string> none;
    if (!differ_in_proof_only(known, added))
        return none;
    Result<Notarization> first = read_record<Notarization>(known);
    Result<Notarization> second = read_record<Notarization>(added);
    if (!first || !second)
        return none;
    Result<Checkpoint> first_tree = tree_of(*first);
    Result<Checkpoint> second_tree = tree_of(*second);
    if (!first_tree || !second_tree)
        return none;
    if (first_tree->size == second_tree->size && first_tree->root != second_tree->root)
        return fail(
            Kind::trust,
            format_text("the proofs of notarization '{}' are from two trees of {} entries: the log shows two histories",
                        second->id, second_tree->size));
    return std::optional<std::string>(second_proof_id(second->id, *second->proof));
}

} // namespace albs
