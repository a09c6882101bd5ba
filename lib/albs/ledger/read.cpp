// SPDX-License-Identifier: GPL-3.0-or-later
// What a ledger knows of its entries: bytes, statements, and the proof of the commit that each came with.
#include "albs/ledger/state.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"

namespace albs {

Result<TileReader*> Ledger::State::tiles()
{
    if (!reader || reader->size() != writer->size()) {
        Fetch fetch = unpublished ? writer->fetch() : fetch_from_directory(directory);
        ALBS_TRY(reader, TileReader::open(std::move(fetch), writer->size(), writer->root()));
        bundles.clear();
        envelopes.clear();
    }
    return &*reader;
}

Result<std::string> Ledger::State::entry(std::uint64_t index_)
{
    ALBS_CHECK(publish());
    ALBS_TRY(TileReader * reading, tiles());
    std::uint64_t number = index_ / tile_width;
    if (!bundles.contains(number)) {
        bundles.clear();
        ALBS_TRY(bundles[number], reading->bundle(number));
    }
    const std::vector<std::string>& entries = bundles[number];
    if (index_ % tile_width >= entries.size())
        return fail(Kind::input, "no entry " + std::to_string(index_) + " in the ledger");
    return entries[index_ % tile_width];
}

Result<std::string> Ledger::State::envelope(std::uint64_t index_)
{
    ALBS_CHECK(publish());
    std::uint64_t number = index_ / tile_width;
    if (!envelopes.contains(number)) {
        Result<std::string> text = fetch_from_directory(directory)(attestations_path(number));
        if (!text && text.error().kind != Kind::input)
            return text;
        envelopes.clear();
        envelopes[number] = attestation_lines(text.value_or(""), tile_width);
    }
    return envelopes[number][index_ % tile_width];
}

// The checkpoint of the commit that an entry came with; where witnesses are waited for, the first one since then that
// they cosigned, if there is one.
Result<const RememberedCheckpoint*> Ledger::State::tree_of(std::uint64_t index_)
{
    if (tree && index_ >= tree_first && index_ < tree->checkpoint.size)
        return &*tree;
    std::optional<RememberedCheckpoint> first;
    RememberedCheckpoint found;
    for (std::uint64_t after = index_;; after = found.checkpoint.size) {
        ALBS_TRY(std::optional<std::uint64_t> place, index->commit_after(after));
        found.note = checkpoint;
        if (place) {
            ALBS_TRY(found.note, history->read(*place));
        }
        ALBS_TRY(found.checkpoint, open_own(found.note));
        ALBS_TRY(Note note, Note::parse(found.note));
        if (!witnessed || witnessed->has_quorum(note))
            break;
        if (!first)
            first = found;
        if (!place) {
            found = *first;
            break;
        }
    }
    if (found.checkpoint.size <= index_)
        return fail(Kind::environment,
                    "the ledger's index is wrong about the commit of entry " + std::to_string(index_),
                    "it is a cache: remove " + state_path(directory, "index.sqlite"));
    tree = std::move(found);
    tree_first = index_;
    return &*tree;
}

Result<std::vector<Digest>> Ledger::State::prove(std::uint64_t index_, const Checkpoint& at, const std::string& entry_)
{
    ALBS_TRY(TileReader * reading, tiles());
    ALBS_TRY(std::vector<Digest> hashes, make_inclusion_proof(index_, at.size, reading->nodes()));
    ALBS_CHECK(verify_inclusion(index_, at.size, leaf_hash(entry_), hashes, at.root));
    return hashes;
}

Result<RecordedStatement> Ledger::recorded(std::uint64_t index)
{
    State& state = *state_;
    RecordedStatement found{.index = index, .entry = {}, .envelope = {}, .proof = {}, .fresh = false};
    ALBS_TRY(const RememberedCheckpoint* tree, state.tree_of(index));
    ALBS_TRY(found.entry, state.entry(index));
    ALBS_TRY(found.envelope, state.envelope(index));
    ALBS_TRY(std::vector<Digest> hashes, state.prove(index, tree->checkpoint, found.entry));
    found.proof = TlogProof{.extra = {}, .index = index, .hashes = std::move(hashes), .checkpoint = tree->note}.text();
    return found;
}

Result<NodeSource> Ledger::nodes()
{
    ALBS_TRY(TileReader * reading, state_->tiles());
    return reading->nodes();
}

Result<std::string> Ledger::envelope(std::uint64_t index)
{
    return state_->envelope(index);
}

Result<std::vector<std::uint64_t>> Ledger::about(const std::string& subject)
{
    return state_->index->about(subject);
}

} // namespace albs
