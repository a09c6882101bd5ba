// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a ledger: its lock, its keys, its index and history, and then what recover.cpp does.
#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

#include "albs/ledger/state.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/policy.hpp"
#include "base/bytes.hpp"
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

// Who may write there may replace the journal, and the keys that sign.
Status check_private(const std::string& directory)
{
    for (const std::string& path : {directory, directory + "/.state"}) {
        struct stat status{};
        if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 0002) != 0 && (status.st_mode & S_ISVTX) == 0)
            return fail(Kind::environment, "everybody may write to '" + path + "'", "run 'chmod go-w' on it");
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

// A rotation that was interrupted after its switch: the new keys still have their temporary names.
Status Ledger::State::finish_rotation(const AskPassphrase& ask) const
{
    for (const auto& [name, type] : {std::pair("log.key", KeyType::ed25519),
                                     std::pair("statement.key", statement_key_type(settings.profile))}) {
        std::string made = std::string(name) + ".new";
        if (!sys::exists(state_path(directory, made)))
            continue;
        Result<PrivateKey> key = open_state_key(made, type, ask);
        if (!key && key.error().kind == Kind::input)
            continue;
        ALBS_CHECK(key);
        Result<Vkey> made_vkey = Vkey::make(settings.origin, NoteKeyType::ed25519, key->public_key());
        bool switched = (made_vkey && made_vkey->text() == settings.vkeys.front()) ||
                        to_base64(key->public_key().spki()) == settings.statement_keys.front();
        if (switched)
            ALBS_CHECK(sys::rename_durably(state_path(directory, made), state_path(directory, name)));
    }
    return {};
}

Status Ledger::State::load_keys(const AskPassphrase& ask)
{
    ALBS_CHECK(finish_rotation(ask));
    ALBS_TRY(log_key, open_state_key("log.key", KeyType::ed25519, ask));
    ALBS_TRY(signing_key, open_state_key("statement.key", statement_key_type(settings.profile), ask));
    ALBS_TRY(vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log_key->public_key()));
    for (const std::string& text : settings.vkeys) {
        ALBS_TRY(Vkey key, Vkey::parse(text));
        vkeys.push_back(std::move(key));
    }
    if (sys::exists(state_path(directory, "log.key.old"))) {
        ALBS_TRY(old_log_key, open_state_key("log.key.old", KeyType::ed25519, ask));
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
        Result<Checkpoint> last = note.and_then([&](const auto& value) -> tl::expected<Checkpoint, Error> {
            return open_own(value);
        });
        if (!last || last->size != covered) {
            ALBS_CHECK(index->forget_commits());
            covered = from = 0;
        }
    }
    return history->scan(from, [&](std::uint64_t size, std::uint64_t offset) -> Status {
        return size > covered ? index->add_commit(size, offset) : Status();
    });
}

Result<Ledger> Ledger::open(const std::string& directory, const AskPassphrase& ask, const std::string& remember)
{
    auto state = std::make_unique<State>();
    ALBS_TRY(state->directory, sys::absolute_path(directory));
    ALBS_TRY(state->settings, read_log_settings(state->directory));
    ALBS_TRY(state->directory, real_path(state->directory));
    ALBS_CHECK(check_private(state->directory));
    ALBS_TRY(state->lock, sys::Lock::exclusive(state_path(state->directory, "lock")));
    // Read again: the keys may have changed while the lock was busy.
    ALBS_TRY(state->settings, read_log_settings(state->directory));
    ALBS_CHECK(state->load_keys(ask));
    ALBS_TRY(state->memory, CheckpointMemory::at(remember));
    ALBS_CHECK(state->memory->prepare(state->settings.origin));
    ALBS_TRY(state->index, LedgerIndex::open(state_path(state->directory, "index.sqlite")));
    ALBS_CHECK(state->load_history());
    ALBS_CHECK(state->recover());
    state->journal->drop_frames();
    ALBS_CHECK(state->catch_up_index());
    return Ledger(std::move(state));
}

} // namespace albs
