// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/ledger.hpp"

#include "albs/ledger/state.hpp"
#include "albs/log/directory.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs {

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

StatementSigner Ledger::statement_signer() const
{
    return {.key = state_->signing_key->public_key().fingerprint().hex(), .origin = state_->settings.origin};
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
    // A memory error must not get into a signature, which cannot be withdrawn.
    Status holds = verify_note(note, *vkey);
    if (holds && old_log_key)
        holds = verify_note(note, vkeys.at(1));
    if (!holds)
        return fail(Kind::environment,
                    "the signature of a checkpoint that was just made does not hold; it was not published",
                    "run it again; if it stays so, the machine's memory, its OpenSSL or the key's token is at fault");
    return note.bytes();
}

Status Ledger::State::record(std::uint64_t size, const std::string& note)
{
    std::uint64_t place = history->end();
    ALBS_CHECK(history->append(size, note));
    return index->add_commit(size, place);
}

Status Ledger::State::sign_tree()
{
    Checkpoint body{.origin = settings.origin, .size = writer->size(), .root = writer->root()};
    ALBS_TRY(std::string note, sign(body));
    // Witnesses cosign the text alone: what they said of the same tree holds under any key of the log.
    if (Result<Note> before = Note::parse(checkpoint); before && before->text == body.text())
        for (const NoteSignature& line : before->signatures)
            if (line.name != settings.origin)
                note += line.line();
    return record_signed({.checkpoint = std::move(body), .note = std::move(note)});
}

Status Ledger::State::record_signed(RememberedCheckpoint head)
{
    signed_checkpoint = std::move(head);
    checkpoint = signed_checkpoint.note;
    unpublished = true;
    return history->size() < signed_checkpoint.checkpoint.size ? record(signed_checkpoint.checkpoint.size, checkpoint)
                                                               : Status();
}

Status Ledger::State::publish()
{
    if (!unpublished)
        return {};
    std::uint64_t first = writer->flushed();
    ALBS_CHECK(writer->flush());
    ALBS_TRY(reader, writer->read_back(first));
    bundles.clear();
    envelopes.clear();
    ALBS_CHECK(sys::replace_file(state_path(directory, "signed"), checkpoint));
    unpublished = false;
    return held ? Status() : announce();
}

Status Ledger::State::announce()
{
    ALBS_CHECK(sys::replace_file(directory + "/checkpoint", checkpoint));
    return memory->keep(signed_checkpoint, vkeys, false);
}

Status Ledger::publish()
{
    return state_->publish();
}

Status Ledger::State::renew_journal()
{
    ALBS_CHECK(publish());
    ALBS_CHECK(index->end());
    std::uint64_t first = journal->start().size;
    if (writer->size() == first && journal->start().boot == boot_id())
        return {};
    if (writer->size() > first)
        ALBS_CHECK(writer->sync(first));
    for (const std::string& path : {state_path(directory, "signed"), history->path(), directory + "/checkpoint"})
        if (sys::exists(path))
            ALBS_CHECK(sys::sync_file(path));
    ALBS_CHECK(memory->sync(settings.origin));
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
        if (!text && text.error().kind != Kind::input) // "not there" is withheld; "cannot read" is not
            return tl::unexpected<Error>(std::move(text).error());
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

} // namespace albs
