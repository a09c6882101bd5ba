// SPDX-License-Identifier: GPL-3.0-or-later
// A change of a ledger's keys. It can be interrupted anywhere, also behind its last step: as long as nobody was told
// the new key, the same call finishes that change.
#include <algorithm>
#include <unistd.h>

#include "albs/ledger/state.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

constexpr const char* rotation = "rotate";
constexpr const char* drop = "drop";

/// Names the change of keys that nobody was told of: its word, and the log key that signs behind it.
struct ChangeFile {
    std::string directory;
    std::string word;

    std::string path() const { return state_path(directory, "rotation"); }
    bool names(const std::string& vkey) const
    {
        Result<std::string> text = sys::read_file(path(), 4096);
        return text && *text == word + " " + vkey + "\n";
    }
    Status write(const std::string& vkey) const { return sys::write_file(path(), word + " " + vkey + "\n", 0600); }
};

tl::unexpected<Error> no_old_key()
{
    return fail(Kind::input, "there is no old key to drop");
}

tl::unexpected<Error> never_changes()
{
    return fail(Kind::input, "a log of the sigsum profile is named after its key, which cannot change",
                "make a new ledger");
}

} // namespace

void Ledger::key_change_is_known(const std::string& directory, const std::string& vkey)
{
    for (const char* word : {rotation, drop})
        if (const ChangeFile file{.directory = directory, .word = word}; file.names(vkey))
            (void)::unlink(file.path().c_str()); // or the same call finishes it once more, and says so
}

Result<KeyChange> Ledger::expected_key_change(const std::string& directory, bool drop_old)
{
    ALBS_TRY(LogSettings settings, read_log_settings(directory));
    const bool is_unknown =
        ChangeFile{.directory = directory, .word = drop_old ? drop : rotation}.names(settings.vkeys.front());
    const bool has_old = sys::exists(state_path(directory, "log.key.old"));
    if (drop_old && !has_old && !is_unknown)
        return no_old_key();
    if (!drop_old && settings.profile == Profile::sigsum)
        return never_changes();
    return is_unknown && !(drop_old && has_old) ? KeyChange::finished : KeyChange::made;
}

bool Ledger::has_old_key() const
{
    return state_->old_log_key.has_value();
}

Result<KeyChange> Ledger::drop_old_key()
{
    State& state = *state_;
    std::string old_path = state_path(state.directory, "log.key.old");
    const ChangeFile file{.directory = state.directory, .word = drop};
    if (!state.old_log_key && file.names(state.vkey->text()))
        return KeyChange::finished;
    if (!state.old_log_key)
        return no_old_key();
    ALBS_CHECK(file.write(state.vkey->text()));
    if (::unlink(old_path.c_str()) != 0)
        return sys::system_error("cannot remove", old_path);
    // This decides: what follows, open() does again.
    ALBS_CHECK(sys::sync_directory(state.directory + "/.state"));
    state.old_log_key.reset();
    ALBS_CHECK(sys::write_file(state.directory + "/log.vkey", vkey_file(state.settings, false)));
    ALBS_CHECK(state.sign_tree());
    ALBS_CHECK(state.publish());
    return KeyChange::made;
}

// New keys, and the old one in its new place, are on disk before log.json names them; log.json is the switch.
Result<KeyChange> Ledger::rotate_keys(const NewKeys& keys, const AskPassphrase& ask)
{
    State& state = *state_;
    LogSettings settings = state.settings;
    if (settings.profile == Profile::sigsum)
        return never_changes();
    const ChangeFile change{.directory = state.directory, .word = rotation};
    const bool is_unknown = change.names(state.vkey->text());
    if (is_unknown && keys.log.empty() && keys.statement.empty())
        return KeyChange::finished;
    ALBS_TRY(LedgerKey log, ledger_key(keys.log, KeyType::ed25519, keys.passphrase, ask));
    ALBS_TRY(LedgerKey statement,
             ledger_key(keys.statement, statement_key_type(settings.profile), keys.passphrase, ask));
    ALBS_TRY(Vkey vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log.key.public_key()));
    const std::string spki = to_base64(statement.key.public_key().spki());
    // The same command as that of the change: each key that it names is the present one.
    if (is_unknown && (keys.log.empty() || vkey == *state.vkey) &&
        (keys.statement.empty() || spki == settings.statement_keys.front()))
        return KeyChange::finished;
    if (std::find(settings.vkeys.begin(), settings.vkeys.end(), vkey.text()) != settings.vkeys.end())
        return fail(Kind::usage, "the ledger has, or had, that key already", "name a new one, or none");
    settings.vkeys.insert(settings.vkeys.begin(), vkey.text());
    std::erase(settings.statement_keys, spki);
    settings.statement_keys.insert(settings.statement_keys.begin(), spki);
    ALBS_TRY(std::string old_file, read_key_file(state_path(state.directory, "log.key")));
    ALBS_CHECK(change.write(vkey.text()));
    ALBS_CHECK(sys::write_file(state_path(state.directory, "log.key.new"), log.file, 0600));
    ALBS_CHECK(sys::write_file(state_path(state.directory, "statement.key.new"), statement.file, 0600));
    ALBS_CHECK(sys::write_file(state_path(state.directory, "log.key.old.new"), old_file, 0600));
    ALBS_CHECK(sys::write_file(state.directory + "/log.json", settings.text()));
    for (const char* name : {"log.key.old", "log.key", "statement.key"})
        ALBS_CHECK(sys::rename_durably(state_path(state.directory, std::string(name) + ".new"),
                                       state_path(state.directory, name)));
    ALBS_CHECK(sys::write_file(state.directory + "/log.vkey", vkey_file(settings, true)));
    state.old_log_key = state.log_key;
    state.log_key = std::move(log.key);
    state.signing_key = state.own_key = std::move(statement.key);
    state.settings = settings;
    state.vkey = vkey;
    state.vkeys.insert(state.vkeys.begin(), vkey);
    ALBS_CHECK(state.sign_tree());
    ALBS_CHECK(state.publish());
    return KeyChange::made;
}

} // namespace albs
