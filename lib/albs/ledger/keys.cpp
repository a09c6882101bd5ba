// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a ledger, and who else signs its checkpoint.
#include <algorithm>

#include "albs/ledger/state.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"

namespace albs {

std::string vkey_file(const LogSettings& settings, bool both)
{
    std::string text = settings.vkeys.front() + "\n";
    return both && settings.vkeys.size() > 1 ? text + settings.vkeys[1] + "\n" : text;
}

Result<LedgerKey> ledger_key(const std::string& location, KeyType type, const std::string& passphrase,
                             const AskPassphrase& ask)
{
    if (location.empty()) {
        ALBS_TRY(PrivateKey made, PrivateKey::generate(type));
        std::string file = made.pem(passphrase);
        if (file.empty())
            return fail(Kind::internal, "OpenSSL cannot write a key");
        return LedgerKey{.key = std::move(made), .file = std::move(file)};
    }
    ALBS_TRY(PrivateKey key, open_key(location, type, ask));
    if (!key.is_whole())
        return fail(Kind::input, "'" + location + "': its public part is not of its secret part");
    ALBS_TRY(std::string reference, key_reference(location));
    return LedgerKey{.key = std::move(key), .file = reference + "\n"};
}

Result<PrivateKey> Ledger::statement_key(const std::string& directory, const LogSettings& settings,
                                         const std::string& location, const AskPassphrase& ask)
{
    KeyType type = statement_key_type(settings.profile);
    Result<PrivateKey> key = location.empty() ? open_key_file(state_path(directory, "statement.key"), type, ask)
                                              : open_key(location, type, ask);
    if (!key)
        return key;
    const std::string spki = to_base64(key->public_key().spki());
    const std::vector<std::string>& known = settings.statement_keys;
    if (location.empty() && spki != known.front())
        return fail(Kind::temporary, "the keys of '" + directory + "' are being changed");
    if (std::find(known.begin(), known.end(), spki) == known.end())
        return fail(Kind::input, "'" + location + "' has not signed for this ledger yet");
    return key;
}

Status Ledger::sign_statements_with(const std::string& location, const AskPassphrase& ask)
{
    State& state = *state_;
    ALBS_TRY(LedgerKey given, ledger_key(location, statement_key_type(state.settings.profile), {}, ask));
    const std::string spki = to_base64(given.key.public_key().spki());
    std::vector<std::string>& known = state.settings.statement_keys;
    if (std::find(known.begin(), known.end(), spki) == known.end()) {
        known.push_back(spki);
        // Before anything that it signed is in the log.
        ALBS_CHECK(sys::write_file(state.directory + "/log.json", state.settings.text()));
    }
    state.signing_key = std::move(given.key);
    return {};
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
    std::erase_if(note.signatures,
                  [&](const NoteSignature& line) { return line.name == witness.name && line.id == witness.id(); });
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
