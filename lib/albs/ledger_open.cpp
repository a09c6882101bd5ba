// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a ledger: every witness of its past is heard before anything is signed again. The journal says what was
// committed, `signed` what left the process, `checkpoint` what was published, the remembered head what the world saw.
#include <algorithm>

#include "albs/hex.hpp"
#include "albs/ledger_state.hpp"
#include "albs/log_directory.hpp"
#include "albs/merkle.hpp"
#include "albs/policy.hpp"
#include "sys/file.hpp"

namespace albs
{
namespace
{

constexpr std::size_t most_note_bytes = std::size_t{1} << 20;

tl::unexpected<Error> contradiction(const std::string& why)
{
    return fail(Kind::trust, why, "nothing was repaired or signed; compare the ledger with a copy of it");
}

Result<PrivateKey> read_key(const std::string& path)
{
    ALBS_TRY(std::string pem, sys::read_file(path, 65536));
    Result<PrivateKey> key = PrivateKey::from_pem(pem);
    if (!key)
        return fail(std::move(key).error(), "'" + path + "'");
    return key;
}

} // namespace

Result<Checkpoint> Ledger::State::open_own(const std::string& note) const
{
    return Policy::of(vkeys).open(note);
}

// A rotation that was interrupted after its switch: the new keys still have their temporary names.
Status Ledger::State::finish_rotation() const
{
    for (const char* name : {"log.key", "statement.key"}) {
        std::string path = state_path(directory, name);
        Result<PrivateKey> made = sys::exists(path + ".new") ? read_key(path + ".new") : read_key(path);
        if (!made || !sys::exists(path + ".new"))
            continue;
        Result<Vkey> key = Vkey::make(settings.origin, NoteKeyType::ed25519, made->public_key());
        bool switched = (key && key->text() == settings.vkeys.front()) ||
                        to_base64(made->public_key().spki()) == settings.statement_keys.front();
        if (switched)
            ALBS_CHECK(sys::rename_durably(path + ".new", path));
    }
    return {};
}

Status Ledger::State::load_keys()
{
    ALBS_CHECK(finish_rotation());
    ALBS_TRY(log_key, read_key(state_path(directory, "log.key")));
    ALBS_TRY(signing_key, read_key(state_path(directory, "statement.key")));
    ALBS_TRY(vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log_key->public_key()));
    for (const std::string& text : settings.vkeys) {
        ALBS_TRY(Vkey key, Vkey::parse(text));
        vkeys.push_back(std::move(key));
    }
    if (std::string path = state_path(directory, "log.key.old"); sys::exists(path)) {
        ALBS_TRY(old_log_key, read_key(path));
    }
    if (!log_key->is_whole() || !signing_key->is_whole())
        return contradiction("a key in '" + directory + "/.state' is damaged");
    if (vkey->text() != settings.vkeys.front() ||
        to_base64(signing_key->public_key().spki()) != settings.statement_keys.front())
        return contradiction("the keys in '" + directory + "/.state' are not those that log.json names");
    return {};
}

// The tree of a known checkpoint must be the beginning of ours.
Status Ledger::State::check_against(const Checkpoint& known, std::string_view what)
{
    if (known.size > writer->size())
        return contradiction(std::string(what) + " has " + std::to_string(known.size) + " entries, the ledger only " +
                             std::to_string(writer->size()) + ": it was rolled back");
    ALBS_TRY(TileReader * reading, tiles());
    ALBS_TRY(Digest root, tree_root(known.size, reading->nodes()));
    if (root != known.root)
        return contradiction(std::string(what) + " of " + std::to_string(known.size) +
                             " entries has another root than the ledger: it was forked");
    return {};
}

Status Ledger::State::load_history()
{
    history.emplace(state_path(directory, "history"));
    ALBS_TRY(std::uint64_t covered, index->history_covered());
    std::uint64_t from = 0;
    if (covered > 0) {
        ALBS_TRY(std::optional<std::uint64_t> place, index->commit_after(covered - 1));
        from = place.value_or(0);
        // The index may know more than what a power cut left of the history.
        Result<std::string> note = history->read(from);
        Result<Checkpoint> last = note ? open_own(*note) : Result<Checkpoint>(tl::unexpected(note.error()));
        if (!last || last->size != covered) {
            ALBS_CHECK(index->forget_commits());
            covered = from = 0;
        }
    }
    return history->scan(from, [&](std::uint64_t size, std::uint64_t offset) -> Status {
        return size > covered ? index->add_commit(size, offset) : Status();
    });
}

// Redoes what the journal holds. In a log that was left in order this reads the right edge and nothing more.
Status Ledger::State::recover()
{
    bool blank = false;
    auto read_checkpoint = [&](const std::string& path, std::string& note) -> Result<std::optional<Checkpoint>> {
        ALBS_TRY(note, sys::read_file(path, most_note_bytes));
        // Written without fsync: after a power cut, and only then, it may be empty or all zeros. The journal was on
        // disk before anything was signed, so it knows no less.
        if (note.find_first_not_of('\0') == std::string::npos) {
            blank = true;
            return std::optional<Checkpoint>();
        }
        Result<Checkpoint> read = open_own(note);
        if (!read)
            return contradiction("'" + path + "': " + read.error().message);
        return std::optional<Checkpoint>(std::move(*read));
    };
    std::string signed_note;
    ALBS_TRY(std::optional<Checkpoint> last_signed, read_checkpoint(state_path(directory, "signed"), signed_note));
    // `signed` is written when a checkpoint is published, the history before.
    std::uint64_t signed_size = std::max(last_signed ? last_signed->size : 0, history->size());
    ALBS_TRY(journal, Journal::open(state_path(directory, "journal"), signed_size));
    std::optional<Checkpoint> published;
    if (sys::exists(directory + "/checkpoint")) {
        ALBS_TRY(published, read_checkpoint(directory + "/checkpoint", checkpoint));
    }
    ALBS_TRY(std::optional<Head> head, read_head(*vkey));
    bool same_boot = journal->start().boot == boot_id();
    if (same_boot && blank)
        return contradiction("'" + directory + "' has an empty checkpoint, and the machine was not restarted since");
    bool in_order = same_boot && published && published->size == journal->size() && last_signed &&
                    last_signed->size == journal->size() && history->size() == journal->size();
    if (in_order) {
        ALBS_TRY(writer, LogWriter::at(directory, journal->size(), journal->root()));
    } else {
        // After a restart the kernel has the journal from the disk, and `signed` may be blank.
        ALBS_CHECK(journal->sync(same_boot ? signed_size : journal->size()));
        ALBS_TRY(writer, LogWriter::at(directory, journal->start().size, journal->start().root));
        for (const Frame& frame : journal->frames()) {
            ALBS_CHECK(writer->add(frame));
            ALBS_CHECK(writer->flush()); // a checkpoint of each may be out
        }
        ALBS_CHECK(writer->read_back(journal->start().size));
    }
    if (last_signed)
        ALBS_CHECK(check_against(*last_signed, "the last checkpoint that was signed"));
    if (published)
        ALBS_CHECK(check_against(*published, "the published checkpoint"));
    if (head)
        ALBS_CHECK(check_against(head->checkpoint, "the checkpoint remembered on this machine"));
    if (in_order)
        return {};
    for (const Frame& frame : journal->frames()) {
        if (frame.size_after() <= history->size())
            continue;
        ALBS_TRY(std::string note, sign({.origin = settings.origin, .size = frame.size_after(), .root = frame.root}));
        ALBS_CHECK(record(frame.size_after(), note));
    }
    if (!published || !last_signed || published->size != journal->size() || last_signed->size != journal->size()) {
        ALBS_CHECK(seal());
        ALBS_CHECK(publish());
    }
    return same_boot ? Status() : put_away();
}

Result<Ledger> Ledger::open(const std::string& directory)
{
    auto state = std::make_unique<State>();
    ALBS_TRY(state->directory, sys::absolute_path(directory));
    ALBS_TRY(state->settings, read_log_settings(state->directory));
    ALBS_TRY(state->lock, sys::Lock::exclusive(state_path(state->directory, "lock")));
    // Read again: the keys may have changed while the lock was busy.
    ALBS_TRY(state->settings, read_log_settings(state->directory));
    ALBS_CHECK(state->load_keys());
    ALBS_TRY(state->index, LedgerIndex::open(state_path(state->directory, "index.sqlite")));
    ALBS_CHECK(state->load_history());
    ALBS_CHECK(state->recover());
    state->journal->drop_frames();
    ALBS_CHECK(state->catch_up_index());
    return Ledger(std::move(state));
}

} // namespace albs
