// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a ledger: its lock, its keys, its index and history, and then what recover.cpp does.
#include <algorithm>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "albs/ledger/state.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/policy.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// The index refuses symbolic links anywhere in its path; those above the ledger are the user's own business.
Result<std::string> real_path(const std::string& directory)
{
    std::error_code code;
    std::filesystem::path real = std::filesystem::canonical(directory, code);
    if (code)
        return sys::system_error("cannot open", directory, code.value());
    return real.string();
}

// Who may write there may replace the journal, and the keys that sign. The public files are a server's business too, so
// a group may have them.
Status check_private(const std::string& directory)
{
    const std::string state = directory + "/.state";
    std::vector<std::pair<std::string, mode_t>> paths{{directory, 0002}, {state, 0022}};
    for (const char* name : {"log.json", "log.vkey", "checkpoint", "tile", "attestations"})
        paths.emplace_back(directory + "/" + name, 0002);
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(state, ignored))
        paths.emplace_back(entry.path().string(), 0022);
    for (const auto& [path, others] : paths) {
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0 || S_ISLNK(status.st_mode))
            continue;
        bool sticky = path == directory && (status.st_mode & S_ISVTX) != 0;
        if ((status.st_mode & others) != 0 && !sticky)
            return fail(
                Kind::environment,
                format_text("{} may write to '{}'", (status.st_mode & 0002) != 0 ? "everybody" : "its group", path),
                "run 'chmod go-w' on it, and find out who did");
    }
    return {};
}

} // namespace

Result<Checkpoint> Ledger::State::open_own(const std::string& note) const
{
    return Policy::of(vkeys).open(note);
}

Result<PrivateKey> Ledger::State::open_state_key(std::string_view name, KeyType type, const AskPassphrase& ask) const
{
    return open_key_file(state_path(directory, name), type, ask);
}

Status Ledger::State::finish_rotation(const AskPassphrase& ask)
{
    auto as_vkey = [&](const PrivateKey& key) {
        Result<Vkey> made = Vkey::make(settings.origin, NoteKeyType::ed25519, key.public_key());
        return made ? made->text() : std::string();
    };
    auto as_spki = [](const PrivateKey& key) { return to_base64(key.public_key().spki()); };
    auto finish = [&](const char* name, KeyType type, const std::string& wanted, auto text_of) -> Status {
        std::string made = state_path(directory, std::string(name) + ".new");
        if (!sys::exists(made))
            return {};
        Result<PrivateKey> key = open_key_file(made, type, ask);
        if (!key && key.error().kind != Kind::input)
            return tl::unexpected<Error>(std::move(key).error());
        if (key && text_of(*key) == wanted)
            return sys::rename_durably(made, state_path(directory, name));
        // log.json was not replaced, so there was no change.
        if (::unlink(made.c_str()) != 0)
            return sys::system_error("cannot remove", made);
        return {};
    };
    ALBS_CHECK(finish("log.key", KeyType::ed25519, settings.vkeys.front(), as_vkey));
    ALBS_CHECK(finish("statement.key", statement_key_type(settings.profile), settings.statement_keys.front(), as_spki));
    return finish("log.key.old", KeyType::ed25519, settings.vkeys.size() > 1 ? settings.vkeys[1] : "", as_vkey);
}

// What readers see of a change of keys: log.vkey, then a checkpoint that the keys of today signed.
Status Ledger::State::finish_keys()
{
    const std::string path = directory + "/log.vkey";
    Result<std::string> present = sys::read_file(path, 4096);
    const std::string wanted = vkey_file(settings, old_log_key.has_value());
    LogSettings before = settings;
    if (old_log_key)
        before.vkeys.erase(before.vkeys.begin());
    bool is_older =
        present && (*present == vkey_file(before, true) || (old_log_key && *present == vkey_file(before, false)));
    // Anything else is damage, which nobody should repair unseen.
    if (is_older && *present != wanted)
        ALBS_CHECK(sys::write_file(path, wanted));
    ALBS_TRY(Note note, Note::parse(checkpoint));
    bool by_all = has_signature_of(note, *vkey) && (!old_log_key || has_signature_of(note, vkeys.at(1)));
    bool by_others = std::any_of(vkeys.begin() + (old_log_key ? 2 : 1), vkeys.end(),
                                 [&](const Vkey& key) { return has_signature_of(note, key); });
    if (by_all && !by_others)
        return {};
    ALBS_CHECK(sign_tree());
    return publish();
}

Status Ledger::State::load_keys(const AskPassphrase& ask)
{
    ALBS_CHECK(finish_rotation(ask));
    ALBS_TRY(log_key, open_state_key("log.key", KeyType::ed25519, ask));
    ALBS_TRY(signing_key, open_state_key("statement.key", statement_key_type(settings.profile), ask));
    own_key = signing_key;
    ALBS_TRY(vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log_key->public_key()));
    for (const std::string& text : settings.vkeys) {
        ALBS_TRY(Vkey key, Vkey::parse(text));
        vkeys.push_back(std::move(key));
    }
    if (sys::exists(state_path(directory, "log.key.old"))) {
        ALBS_TRY(old_log_key, open_state_key("log.key.old", KeyType::ed25519, ask));
        ALBS_TRY(Vkey old, Vkey::make(settings.origin, NoteKeyType::ed25519, old_log_key->public_key()));
        // A copy of the present key, which an older version left before it could change it.
        if (old == *vkey)
            old_log_key.reset();
        else if (vkeys.size() < 2 || old != vkeys[1])
            return contradiction("the old key in '" + directory + "/.state' is not the one that log.json names");
    }
    if (!log_key->is_whole() || !signing_key->is_whole())
        return contradiction("a key in '" + directory + "/.state' is damaged");
    if (vkey->text() != settings.vkeys.front() ||
        to_base64(signing_key->public_key().spki()) != settings.statement_keys.front())
        return contradiction("the keys in '" + directory + "/.state' are not those that log.json names");
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
        Result<Checkpoint> last =
            note.and_then([&](const auto& value) -> tl::expected<Checkpoint, Error> { return open_own(value); });
        if (!last || last->size != covered) {
            ALBS_CHECK(index->forget_commits());
            covered = from = 0;
        }
    }
    return history->scan(from, [&](std::uint64_t size, std::uint64_t offset) -> Status {
        // One of the same size has cosignatures besides.
        return size >= covered ? index->add_commit(size, offset) : Status();
    });
}

Result<Ledger> Ledger::open(const std::string& directory, const AskPassphrase& ask, const std::string& remember,
                            Held held)
{
    auto state = std::make_unique<State>();
    ALBS_TRY(state->directory, sys::absolute_path(directory));
    ALBS_TRY(state->settings, read_log_settings(state->directory));
    ALBS_TRY(state->directory, real_path(state->directory));
    ALBS_CHECK(check_private(state->directory));
    ALBS_TRY(state->lock, sys::FileLock::exclusive(state_path(state->directory, "lock")));
    // Read again: the keys may have changed while the lock was busy.
    ALBS_TRY(state->settings, read_log_settings(state->directory));
    ALBS_CHECK(state->load_keys(ask));
    ALBS_TRY(state->memory, CheckpointMemory::at(remember));
    ALBS_CHECK(state->memory->prepare(state->settings.origin));
    ALBS_TRY(state->index, LedgerIndex::open(state_path(state->directory, "index.sqlite")));
    ALBS_CHECK(state->load_history());
    state->held = sys::exists(state_path(state->directory, "held"));
    ALBS_CHECK(state->recover());
    state->journal->drop_frames();
    ALBS_CHECK(state->finish_keys());
    ALBS_CHECK(state->catch_up_index());
    if (state->held) {
        ALBS_TRY(bool waits, state->is_waiting());
        if (!waits)
            ALBS_CHECK(state->release());
        else if (held == Held::refuse)
            return fail(
                Kind::environment,
                format_text("the checkpoint of {} entries waits for the witnesses of a policy", state->writer->size()),
                "finish that first: the same command with its --policy FILE");
    }
    return Ledger(std::move(state));
}

} // namespace albs
