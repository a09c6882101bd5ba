// SPDX-License-Identifier: GPL-3.0-or-later
// What opening a ledger checks before anything is signed again. The journal says what was committed, the history what
// was signed, `signed` and `checkpoint` what was published, and the remembered checkpoint what others may have seen. No
// two of them may contradict each other.
#include <algorithm>
#include <cerrno>

#include "albs/ledger/state.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

constexpr std::size_t max_note_bytes = std::size_t{1} << 20;

} // namespace

tl::unexpected<Error> contradiction(const std::string& why)
{
    return fail(Kind::trust, why, "nothing was repaired or signed; compare the ledger with a copy of it");
}

// The checkpoint in a file; nothing, and past.blank, if a power cut emptied it.
Result<std::optional<Checkpoint>> Ledger::State::read_checkpoint(const std::string& path, Past& past) const
{
    Result<std::string> read_note = read_log_file(path, max_note_bytes);
    if (!read_note && read_note.error().kind == Kind::input)
        return sys::system_error("cannot open", path, ENOENT);
    ALBS_TRY(std::string note, std::move(read_note));
    // Written without fsync: after a power cut, and only then, it may be empty or all zeros. The journal was on disk
    // before anything was signed, so it knows no less.
    if (note.find_first_not_of('\0') == std::string::npos) {
        past.blank = true;
        return std::optional<Checkpoint>();
    }
    Result<Checkpoint> read = open_own(note);
    if (!read)
        return contradiction("'" + path + "': " + read.error().message);
    past.note = std::move(note);
    return std::optional<Checkpoint>(std::move(*read));
}

Result<Ledger::State::Past> Ledger::State::read_past() const
{
    Past past;
    ALBS_TRY(past.last_signed, read_checkpoint(state_path(directory, "signed"), past));
    if (sys::exists(directory + "/checkpoint")) {
        ALBS_TRY(past.published, read_checkpoint(directory + "/checkpoint", past));
    }
    if (!memory->is_blank(settings.origin)) {
        ALBS_TRY(past.remembered, memory->read(settings.origin, vkeys));
    }
    // `signed` is written when a checkpoint is published, the history before.
    past.signed_size = std::max(past.last_signed ? past.last_signed->size : 0, history->size());
    return past;
}

// The tree of a known checkpoint must be the beginning of ours.
Status Ledger::State::check_against(const Checkpoint& known, std::string_view what)
{
    if (known.size > writer->size())
        return contradiction(
            format_text("{} has {} entries, the ledger only {}: it was rolled back", what, known.size, writer->size()));
    ALBS_TRY(TileReader * reading, tiles());
    ALBS_TRY(Digest root, tree_root(known.size, reading->nodes()));
    if (root != known.root)
        return contradiction(std::string(what) + " of " + std::to_string(known.size) +
                             " entries has another root than the ledger: it was forked");
    return {};
}

Status Ledger::State::check_against(const Past& past)
{
    if (past.last_signed)
        ALBS_CHECK(check_against(*past.last_signed, "the last checkpoint that was signed"));
    if (past.published)
        ALBS_CHECK(check_against(*past.published, "the published checkpoint"));
    if (past.remembered)
        ALBS_CHECK(check_against(past.remembered->checkpoint, "the checkpoint remembered on this machine"));
    return {};
}

// Makes tiles and bundles again from the journal's frames.
Status Ledger::State::write_again()
{
    ALBS_TRY(writer, LogWriter::at(directory, journal->start().size, journal->start().root));
    for (const Frame& frame : journal->frames()) {
        ALBS_CHECK(writer->add(frame));
        ALBS_CHECK(writer->flush()); // a checkpoint of each may be out
    }
    ALBS_CHECK(writer->read_back(journal->start().size));
    return {};
}

// Signs and publishes what the journal has beyond the past.
Status Ledger::State::sign_again(const Past& past)
{
    for (const Frame& frame : journal->frames()) {
        if (frame.size_after() <= history->size())
            continue;
        ALBS_TRY(std::string note, sign({.origin = settings.origin, .size = frame.size_after(), .root = frame.root}));
        ALBS_CHECK(record(frame.size_after(), note));
    }
    if (past.published && past.last_signed && past.published->size == journal->size() &&
        past.last_signed->size == journal->size())
        return {};
    ALBS_CHECK(sign_tree());
    return publish();
}

// Redoes what the journal holds. In a log that was left in order this reads the right edge and nothing more.
Status Ledger::State::recover()
{
    ALBS_TRY(Past past, read_past());
    ALBS_TRY(journal, Journal::open(state_path(directory, "journal"), past.signed_size));
    bool same_boot = journal->start().boot == boot_id();
    if (same_boot && memory->is_blank(settings.origin))
        ALBS_CHECK(memory->read(settings.origin, vkeys)); // which says what to do
    if (same_boot && past.blank)
        return contradiction("'" + directory + "' has an empty checkpoint, and the machine was not restarted since");
    checkpoint = past.note;
    bool in_order = same_boot && past.published && past.published->size == journal->size() && past.last_signed &&
                    past.last_signed->size == journal->size() && history->size() == journal->size();
    if (in_order) {
        ALBS_TRY(writer, LogWriter::at(directory, journal->size(), journal->root()));
        ALBS_CHECK(check_against(past));
        // Who took this writer's statements along may remember elsewhere.
        bool is_news = !past.remembered || past.remembered->checkpoint.size < past.published->size;
        return is_news ? memory->keep({.checkpoint = *past.published, .note = past.note}, vkeys, false) : Status();
    }
    // After a restart the kernel has the journal from the disk, and `signed` may be blank.
    ALBS_CHECK(journal->sync(same_boot ? past.signed_size : journal->size()));
    ALBS_CHECK(write_again());
    ALBS_CHECK(check_against(past));
    ALBS_CHECK(sign_again(past));
    return same_boot ? Status() : renew_journal();
}

} // namespace albs
