// SPDX-License-Identifier: GPL-3.0-or-later
// What changes about a ledger without appending: its keys, and who else signs its checkpoint.
#include <unistd.h>

#include "albs/ledger/state.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

std::string vkey_file(const LogSettings& settings, bool both)
{
    std::string text = settings.vkeys.front() + "\n";
    return both && settings.vkeys.size() > 1 ? text + settings.vkeys[1] + "\n" : text;
}

} // namespace

// New keys are on disk before log.json names them; log.json is the switch.
Status Ledger::rotate_keys(bool drop_old_only)
{
    State& state = *state_;
    std::string old_path = state_path(state.directory, "log.key.old");
    if (drop_old_only) {
        if (!state.old_log_key)
            return fail(Kind::input, "there is no old key to drop");
        if (::unlink(old_path.c_str()) != 0)
            return sys::system_error("cannot remove", old_path);
        state.old_log_key.reset();
        ALBS_CHECK(sys::write_file(state.directory + "/log.vkey", vkey_file(state.settings, false)));
        ALBS_CHECK(state.seal());
        return state.publish();
    }
    ALBS_TRY(PrivateKey log_key, PrivateKey::generate(KeyType::ed25519));
    ALBS_TRY(PrivateKey statement, PrivateKey::generate(statement_key_type(state.settings.profile)));
    LogSettings settings = state.settings;
    if (settings.profile == Profile::sigsum)
        return fail(Kind::input, "a log of the sigsum profile is named after its key, which cannot change",
                    "make a new ledger");
    ALBS_TRY(Vkey vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log_key.public_key()));
    settings.vkeys.insert(settings.vkeys.begin(), vkey.text());
    settings.statement_keys.insert(settings.statement_keys.begin(), to_base64(statement.public_key().spki()));
    for (const auto& [name, key] : {std::pair("log.key.new", &log_key), std::pair("statement.key.new", &statement)})
        ALBS_CHECK(sys::write_file(state_path(state.directory, name), key->pem(), 0600));
    ALBS_CHECK(sys::write_file(old_path, state.log_key->pem(), 0600));
    ALBS_CHECK(sys::write_file(state.directory + "/log.json", settings.text()));
    for (const char* name : {"log.key", "statement.key"})
        ALBS_CHECK(sys::rename_durably(state_path(state.directory, std::string(name) + ".new"),
                                       state_path(state.directory, name)));
    ALBS_CHECK(sys::write_file(state.directory + "/log.vkey", vkey_file(settings, true)));
    state.old_log_key = state.log_key;
    state.log_key = log_key;
    state.signing_key = statement;
    state.settings = settings;
    state.vkey = vkey;
    state.vkeys.insert(state.vkeys.begin(), vkey);
    ALBS_CHECK(state.seal());
    return state.publish();
}

Result<std::vector<Digest>> Ledger::consistency(std::uint64_t old_size)
{
    ALBS_TRY(TileReader * tiles, state_->tiles());
    return make_consistency_proof(old_size, size(), tiles->nodes());
}

Status Ledger::add_cosignatures(const std::vector<NoteSignature>& lines, const Vkey& witness)
{
    State& state = *state_;
    ALBS_CHECK(state.publish());
    ALBS_TRY(Note note, Note::parse(state.checkpoint));
    std::erase_if(note.signatures, [&](const NoteSignature& line) {
        return line.name == witness.name && line.id == witness.id();
    });
    Note alone{.text = note.text, .signatures = lines};
    ALBS_CHECK(verify_cosignature(alone, witness));
    for (const NoteSignature& line : lines)
        if (line.name == witness.name && line.id == witness.id())
            note.signatures.push_back(line);
    state.checkpoint = note.bytes();
    // Waited for: the journal does not have these lines, and a note with many of them is longer than a block.
    return sys::write_file(state.directory + "/checkpoint", state.checkpoint);
}

} // namespace albs
