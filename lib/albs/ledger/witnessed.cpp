// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints that are published when their witnesses have seen them: .state/held says, also after a crash, that the
// last one waits.
#include <algorithm>
#include <cerrno>
#include <unistd.h>

#include "albs/ledger/state.hpp"
#include "sys/file.hpp"

namespace albs {

Status Ledger::State::hold()
{
    if (held || !witnessed || witnessed->quorum() == "none" || witnessed->may_go_on())
        return {};
    ALBS_CHECK(sys::write_file(state_path(directory, "held"), "the last checkpoint waits for its witnesses\n", 0600));
    held = true;
    return {};
}

Status Ledger::State::release()
{
    held = false;
    const std::string path = state_path(directory, "held");
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return sys::system_error("cannot remove", path);
    return {};
}

Result<bool> Ledger::State::is_waiting() const
{
    if (!sys::exists(directory + "/checkpoint"))
        return true;
    ALBS_TRY(std::string published, sys::read_file(directory + "/checkpoint", std::size_t{1} << 20));
    ALBS_TRY(Note public_note, Note::parse(published));
    ALBS_TRY(Note last, Note::parse(checkpoint));
    return public_note.text != last.text;
}

void Ledger::wait_for_witnesses(const Policy& policy)
{
    state_->witnessed = policy;
}

Result<std::optional<std::string>> Ledger::unwitnessed() const
{
    const State& state = *state_;
    ALBS_TRY(bool waiting, state.is_waiting());
    ALBS_TRY(Note note, Note::parse(state.checkpoint));
    const Policy& policy = *state.witnessed;
    bool asked_all = true;
    for (const Policy::Witness& witness : policy.witnesses())
        asked_all = asked_all && (witness.url.empty() || verify_cosignature(note, witness.key));
    // Without a quorum to reach, everybody who can be asked is.
    bool enough = policy.quorum() == "none" ? asked_all : policy.shortfall(note, clock_time()).empty();
    if (enough && !waiting)
        return std::optional<std::string>();
    return std::optional<std::string>(state.checkpoint);
}

Result<bool> Ledger::add_witnessed(const std::string& text, const std::vector<NoteSignature>& lines, bool anyway)
{
    State& state = *state_;
    ALBS_CHECK(state.publish());
    ALBS_TRY(Note note, Note::parse(state.checkpoint));
    if (note.text != text)
        return false;
    bool had_quorum = state.witnessed->has_quorum(note);
    std::erase_if(note.signatures, [&](const NoteSignature& old) {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const NoteSignature& line) { return line.name == old.name && line.id == old.id; });
    });
    note.signatures.insert(note.signatures.end(), lines.begin(), lines.end());
    ALBS_CHECK(state.witnessed->check_known(note));
    if (!anyway && !state.witnessed->has_quorum(note))
        return true;
    ALBS_TRY(state.signed_checkpoint.checkpoint, state.open_own(note.bytes()));
    state.checkpoint = state.signed_checkpoint.note = note.bytes();
    // Proofs of this commit stand on what its witnesses saw first, however often they see it again.
    if (!had_quorum && !lines.empty())
        ALBS_CHECK(state.record(state.signed_checkpoint.checkpoint.size, state.checkpoint));
    // Waited for: the journal does not have these lines, and a note with many of them is longer than a block.
    ALBS_CHECK(sys::write_file(state.directory + "/checkpoint", state.checkpoint));
    ALBS_CHECK(state.memory->keep(state.signed_checkpoint, state.vkeys, false));
    state.tree.reset();
    if (state.held)
        ALBS_CHECK(state.release());
    return true;
}

} // namespace albs
