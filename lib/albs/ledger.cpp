// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger.hpp"

#include <algorithm>

#include "albs/hex.hpp"
#include "albs/ledger_state.hpp"
#include "albs/log_directory.hpp"
#include "albs/merkle.hpp"
#include "albs/parallel.hpp"
#include "albs/replace_file.hpp"
#include "sys/file.hpp"

namespace albs
{
namespace
{

constexpr std::uint64_t most_journal_bytes = std::uint64_t{8} << 20;

// What dedup looks for, before anything is signed.
Digest key_of(Profile profile, const std::string& statement)
{
    return statement_key(
        profile,
        Envelope{.payload = statement, .payload_type = std::string(in_toto_type), .signature = {}, .keyid = {}});
}

} // namespace

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

const LogSettings& Ledger::settings() const
{
    return state_->settings;
}

const Vkey& Ledger::vkey() const
{
    return *state_->vkey;
}

const std::vector<Vkey>& Ledger::vkeys() const
{
    return state_->vkeys;
}

Speaker Ledger::speaker() const
{
    return {.signer = state_->signing_key->public_key().fingerprint().hex(), .origin = state_->settings.origin};
}

std::uint64_t Ledger::size() const
{
    return state_->writer->size();
}

const std::string& Ledger::checkpoint() const
{
    return state_->checkpoint;
}

Result<std::string> Ledger::State::sign(const Checkpoint& body) const
{
    ALBS_TRY(NoteSignature signature, sign_note(body.text(), settings.origin, *log_key));
    Note note{.text = body.text(), .signatures = {signature}};
    if (old_log_key) {
        ALBS_TRY(NoteSignature old, sign_note(note.text, settings.origin, *old_log_key));
        note.signatures.push_back(std::move(old));
    }
    // A flipped bit in memory must not become a signature that no one can take back.
    ALBS_CHECK(verify_note(note, *vkey));
    return note.bytes();
}

Status Ledger::State::record(std::uint64_t size, const std::string& note)
{
    ALBS_TRY(std::uint64_t place, history->append(history_end, size, note));
    history_end = place + (std::to_string(size) + " " + std::to_string(note.size()) + "\n").size() + note.size();
    history_size = size;
    return index->add_commit(size, place);
}

Status Ledger::State::publish()
{
    Checkpoint body{.origin = settings.origin, .size = writer->size(), .root = writer->root()};
    ALBS_TRY(checkpoint, sign(body));
    ALBS_CHECK(replace_file(state_path(directory, "signed"), checkpoint));
    if (history_size < writer->size())
        ALBS_CHECK(record(writer->size(), checkpoint));
    ALBS_CHECK(replace_file(directory + "/checkpoint", checkpoint));
    return remember_head(*vkey, {.checkpoint = body, .note = checkpoint});
}

Status Ledger::State::put_away()
{
    std::uint64_t first = journal->start().size;
    if (writer->size() == first && journal->start().boot == boot_id())
        return {};
    if (writer->size() > first)
        ALBS_CHECK(writer->sync(first));
    for (const std::string& path : {state_path(directory, "signed"), history->path(), directory + "/checkpoint"})
        if (sys::exists(path))
            ALBS_CHECK(sync_file(path));
    ALBS_CHECK(sys::sync_directory(directory + "/.state"));
    ALBS_CHECK(sys::sync_directory(directory));
    std::string path = state_path(directory, "journal");
    ALBS_CHECK(Journal::create(path, {.size = writer->size(), .root = writer->root(), .boot = boot_id()}));
    ALBS_TRY(journal, Journal::open(path, writer->size()));
    writer->remove_partials(first);
    return {};
}

Status Ledger::State::catch_up_index()
{
    ALBS_TRY(std::uint64_t covered, index->covered());
    if (covered > writer->size()) {
        ALBS_CHECK(index->clear());
        covered = 0;
    }
    Fetch fetch = fetch_from_directory(directory);
    while (covered < writer->size()) {
        ALBS_TRY(TileReader * reading, tiles());
        std::uint64_t number = covered / tile_width;
        ALBS_TRY(std::vector<std::string> entries, reading->bundle(number));
        Result<std::string> text = fetch(attestations_path(number));
        std::vector<std::string> lines = attestation_lines(text.value_or(""), entries.size());
        std::vector<IndexedEntry> indexed;
        for (std::uint64_t i = covered % tile_width; i < entries.size(); ++i) {
            ALBS_TRY(IndexedEntry one, index_entry(number * tile_width + i, entries[i], lines[i]));
            indexed.push_back(std::move(one));
        }
        covered = number * tile_width + entries.size();
        ALBS_CHECK(index->add(indexed, covered));
    }
    return {};
}

// Where each statement is, or will be; those that are new, in order.
Result<std::vector<std::uint64_t>> Ledger::State::look_up(const std::vector<std::string>& texts,
                                                          std::vector<std::size_t>& fresh)
{
    std::vector<std::uint64_t> indexes;
    std::map<Digest, std::uint64_t> in_batch;
    std::uint64_t first = writer->size();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        Digest key = key_of(settings.profile, texts[i]);
        ALBS_TRY(std::optional<std::uint64_t> old, index->find(key));
        if (old && *old < first) {
            ALBS_TRY(std::string entry_, entry(*old));
            ALBS_TRY(Digest found, leaf_key(entry_));
            if (found != key)
                return fail(Kind::environment, "the ledger's index is wrong about entry " + std::to_string(*old),
                            "it is a cache: remove " + state_path(directory, "index.sqlite"));
            indexes.push_back(*old);
            continue;
        }
        auto [at, added] = in_batch.emplace(key, first + fresh.size());
        if (added)
            fresh.push_back(i);
        indexes.push_back(at->second);
    }
    return indexes;
}

Result<std::vector<Appended>> Ledger::append(const std::vector<Json>& statements)
{
    State& state = *state_;
    std::uint64_t first = state.writer->size();
    std::vector<std::string> texts;
    for (const Json& statement : statements)
        texts.push_back(write_json(statement));
    std::vector<std::size_t> fresh;
    ALBS_CHECK(state.index->begin());
    Result<std::vector<std::uint64_t>> indexes = state.look_up(texts, fresh);
    ALBS_CHECK(state.index->end());
    if (!indexes)
        return tl::unexpected<Error>(std::move(indexes).error());
    std::vector<std::string> to_sign;
    std::vector<const Json*> documents;
    for (std::size_t i : fresh) {
        to_sign.push_back(std::move(texts[i]));
        documents.push_back(&statements[i]);
    }
    if (!fresh.empty()) {
        std::vector<IndexedEntry> indexed;
        ALBS_TRY(Frame frame, state.make_frame(to_sign, documents, indexed));
        ALBS_CHECK(state.commit(std::move(frame), indexed));
    }
    std::vector<Appended> all;
    for (std::uint64_t index : *indexes) {
        ALBS_TRY(Appended one, recorded(index));
        one.fresh = index >= first;
        all.push_back(std::move(one));
    }
    if (state.journal->bytes() > most_journal_bytes)
        ALBS_CHECK(state.put_away());
    return all;
}

// Each statement is signed by itself, which is the dearest step of a commit: all cores, in groups that share an
// inverse.
Result<Frame> Ledger::State::make_frame(const std::vector<std::string>& texts,
                                        const std::vector<const Json*>& documents,
                                        std::vector<IndexedEntry>& indexed) const
{
    constexpr std::size_t group = 32;
    Frame frame{.first = writer->size(), .entries = std::vector<Logged>(texts.size()), .root = {}};
    indexed.assign(texts.size(), {});
    std::size_t groups = (texts.size() + group - 1) / group;
    std::vector<Status> results(groups);
    in_parallel(groups, 1, cores(), [&](std::size_t number) {
        std::size_t from = number * group;
        std::span<const std::string> some(texts.data() + from, std::min(group, texts.size() - from));
        Result<std::vector<SignedStatement>> made = sign_statements(settings.profile, some, *signing_key);
        if (!made)
            results[number] = tl::unexpected<Error>(std::move(made).error());
        for (std::size_t i = 0; made && i < made->size(); ++i) {
            indexed[from + i] = {.index = frame.first + from + i,
                                 .key = statement_key(settings.profile, (*made)[i].envelope),
                                 .subjects = indexed_subjects(*documents[from + i])};
            frame.entries[from + i] = {.entry = std::move((*made)[i].entry), .envelope = (*made)[i].envelope.line()};
        }
    });
    for (Status& result : results)
        ALBS_CHECK(std::move(result));
    for (const Logged& logged : frame.entries)
        if (logged.entry.size() > largest_entry)
            return fail(Kind::input,
                        "a statement of " + std::to_string(logged.entry.size()) +
                            " bytes does not fit an entry of this ledger",
                        "the raw profile holds small statements only; use a ledger of the rekor profile");
    return frame;
}

Status Ledger::State::commit(Frame frame, const std::vector<IndexedEntry>& indexed)
{
    frame.root = writer->root_with(frame.entries);
    ALBS_CHECK(journal->append(frame)); // the commit point
    ALBS_CHECK(writer->write(frame));
    // What was read back is what proofs are made from.
    ALBS_TRY(reader, writer->read_back(frame.first));
    bundles.clear();
    envelopes.clear();
    ALBS_CHECK(index->begin());
    Status published = publish();
    Status indexed_too = published ? index->add(indexed, writer->size()) : Status();
    ALBS_CHECK(index->end());
    ALBS_CHECK(published);
    return indexed_too;
}

} // namespace albs
