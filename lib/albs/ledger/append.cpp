// SPDX-License-Identifier: GPL-3.0-or-later
// A commit: statements are looked up, signed, journalled, and proven.
#include <algorithm>

#include "albs/ledger/state.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "sys/parallel.hpp"

namespace albs {
namespace {

constexpr std::uint64_t full_journal_bytes = std::uint64_t{8} << 20;

// What dedup looks for, before anything is signed.
std::vector<PendingStatement> pending_statements(Profile profile, const std::vector<Json>& statements)
{
    std::vector<PendingStatement> pending(statements.size());
    sys::in_parallel(statements.size(), 32, sys::cores(), [&](std::size_t i) {
        Envelope envelope{.payload = write_json(statements[i]),
                          .payload_type = std::string(in_toto_type),
                          .signature = {},
                          .keyid = {}};
        Digest key = statement_key(profile, envelope);
        pending[i] = {.document = &statements[i], .text = std::move(envelope.payload), .key = key};
    });
    return pending;
}

} // namespace

Result<SignedStatement> sign_checked(Profile profile, std::string text, const PrivateKey& key)
{
    ALBS_TRY(SignedStatement made, sign_statement(profile, std::move(text), key));
    Result<PublicKey> signer = check_leaf(made.entry, made.envelope);
    if (signer && signer->spki() == key.public_key().spki())
        return made;
    return fail(Kind::environment, "a signature that was just made does not hold; nothing was recorded",
                "run it again; if it stays so, the machine's memory, its OpenSSL or the key's token is at fault");
}

// Where each statement is, or will be; those that are new, in order.
Result<std::vector<std::uint64_t>> Ledger::State::look_up(const std::vector<PendingStatement>& pending,
                                                          std::vector<const PendingStatement*>& fresh)
{
    std::vector<std::uint64_t> indexes;
    std::map<Digest, std::uint64_t> in_batch;
    std::uint64_t first = writer->size();
    for (const PendingStatement& statement : pending) {
        ALBS_TRY(std::optional<std::uint64_t> old, index->find(statement.key));
        if (old && *old < first) {
            ALBS_TRY(std::string there, entry(*old));
            ALBS_TRY(Digest found, leaf_key(there));
            if (found != statement.key)
                return fail(Kind::environment, "the ledger's index is wrong about entry " + std::to_string(*old),
                            "it is a cache: remove " + state_path(directory, "index.sqlite"));
            indexes.push_back(*old);
            continue;
        }
        auto [at, added] = in_batch.emplace(statement.key, first + fresh.size());
        if (added)
            fresh.push_back(&statement);
        indexes.push_back(at->second);
    }
    return indexes;
}

// Begins what renew_journal() ends, or the ledger's end. A commit that failed took everything since then out of the
// index; it comes again from the log.
Status Ledger::State::begin_index()
{
    ALBS_CHECK(index->begin());
    ALBS_TRY(std::uint64_t covered, index->covered());
    if (covered == writer->size())
        return {};
    ALBS_CHECK(publish());
    return catch_up_index();
}

// Each statement is signed by itself, which is the dearest step of a commit: on all cores. Each signature is checked
// before anything is on disk: one that memory or a library got wrong could never be taken out of the log again.
Result<Frame> Ledger::State::make_frame(const std::vector<const PendingStatement*>& pending,
                                        std::vector<IndexedEntry>& indexed) const
{
    Frame frame{.first = writer->size(), .entries = std::vector<JournalEntry>(pending.size()), .root = {}};
    indexed.assign(pending.size(), {});
    Status made_all = sys::try_in_parallel(pending.size(), 32, sys::cores(), [&](std::size_t i) -> Status {
        ALBS_TRY(SignedStatement made, sign_checked(settings.profile, pending[i]->text, *signing_key));
        indexed[i] = {.index = frame.first + i, .key = made.key, .subjects = indexed_subjects(*pending[i]->document)};
        frame.entries[i] = {.entry = std::move(made.entry), .envelope = made.envelope.line()};
        return {};
    });
    ALBS_CHECK(std::move(made_all));
    for (const JournalEntry& logged : frame.entries)
        if (logged.entry.size() > max_entry)
            return fail(Kind::input,
                        "a statement of " + std::to_string(logged.entry.size()) +
                            " bytes does not fit an entry of this ledger",
                        "the raw profile holds small statements only; use a ledger of the rekor profile");
    ALBS_CHECK(writer->check_room(frame.entries));
    return frame;
}

// What was read back is what is hashed, and what the checkpoint must be of. It is signed while the disk writes, and
// seen by nobody before the frame is there. So is the index, whose transaction is not ended before that.
Result<std::vector<JournalEntry>> Ledger::State::commit(Frame frame, const std::vector<IndexedEntry>& indexed)
{
    frame.root = writer->root_with(frame.entries);
    RememberedCheckpoint head{.checkpoint = {.origin = settings.origin, .size = frame.size_after(), .root = frame.root},
                              .note = {}};
    Result<Frame> written(Frame{});
    Result<std::string> note(std::string{});
    Status in_index;
    ALBS_CHECK(hold());
    auto meanwhile = [&] {
        note = sign(head.checkpoint);
        in_index = index->add(indexed, head.checkpoint.size);
    };
    sys::together([&] { written = journal->append(frame); }, meanwhile);
    if (!written)
        index->abandon();
    ALBS_TRY(frame, std::move(written)); // the commit point
    ALBS_CHECK(writer->add(frame));
    ALBS_TRY(head.note, std::move(note));
    ALBS_CHECK(record_signed(std::move(head)));
    ALBS_CHECK(std::move(in_index));
    return std::move(frame.entries);
}

Result<std::vector<RecordedStatement>> Ledger::State::prove_all(std::uint64_t first, std::vector<JournalEntry> entries)
{
    if (entries.empty())
        return std::vector<RecordedStatement>();
    ALBS_TRY(TileReader * reading, tiles());
    const Checkpoint& at = signed_checkpoint.checkpoint;
    std::vector<TlogProof> proofs(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        proofs[i] = {.extra = {}, .index = first + i, .hashes = {}, .checkpoint = signed_checkpoint.note};
        ALBS_TRY(proofs[i].hashes, make_inclusion_proof(first + i, at.size, reading->nodes()));
    }
    std::vector<RecordedStatement> all(entries.size());
    auto finish = [&](std::size_t i) -> Status {
        ALBS_CHECK(verify_inclusion(first + i, at.size, leaf_hash(entries[i].entry), proofs[i].hashes, at.root));
        all[i] = {.index = first + i,
                  .entry = std::move(entries[i].entry),
                  .envelope = std::move(entries[i].envelope),
                  .proof = proofs[i].text(),
                  .fresh = true};
        return {};
    };
    ALBS_CHECK(sys::try_in_parallel(entries.size(), 32, sys::cores(), finish));
    return all;
}

Result<std::vector<RecordedStatement>> Ledger::append(const std::vector<Json>& statements, Publish when)
{
    State& state = *state_;
    std::uint64_t first = state.writer->size();
    std::vector<PendingStatement> pending = pending_statements(state.settings.profile, statements);
    std::vector<const PendingStatement*> fresh;
    ALBS_CHECK(state.begin_index());
    ALBS_TRY(std::vector<std::uint64_t> indexes, state.look_up(pending, fresh));
    std::vector<JournalEntry> entries;
    if (!fresh.empty()) {
        std::vector<IndexedEntry> indexed;
        ALBS_TRY(Frame frame, state.make_frame(fresh, indexed));
        if (state.takes_along)
            ALBS_CHECK(state.take_along(frame, indexed));
        ALBS_CHECK(state.add_list(fresh, frame, indexed));
        ALBS_TRY(entries, state.commit(std::move(frame), indexed));
        entries.resize(fresh.size()); // the others are proved to those who wait for them, and a list to nobody
    }
    if (when == Publish::now)
        ALBS_CHECK(state.publish());
    ALBS_TRY(std::vector<RecordedStatement> added, state.prove_all(first, std::move(entries)));
    std::vector<RecordedStatement> all;
    if (added.size() == indexes.size()) { // each is new and there once, so these are they, in their order
        all.swap(added);
        indexes.clear();
    }
    for (std::uint64_t index : indexes) {
        if (index >= first) {
            all.push_back(added[index - first]);
            continue;
        }
        ALBS_TRY(RecordedStatement one, recorded(index));
        all.push_back(std::move(one));
    }
    if (state.journal->bytes() > full_journal_bytes)
        ALBS_CHECK(state.renew_journal());
    return all;
}

} // namespace albs
