// SPDX-License-Identifier: GPL-3.0-or-later
// One file for each origin, named by its SHA-256. Older versions had one for each key, which are read as well: an
// update must not make a machine forget.
#include "albs/log/remembered.hpp"

#include <cstdlib>
#include <set>
#include <unistd.h>

#include "albs/log/directory.hpp"
#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

constexpr std::size_t max_note_bytes = std::size_t{1} << 20;

// Verified by this thread: a writer of many commits would verify its own signature again at each.
thread_local std::pair<std::string, RememberedCheckpoint> last_known;

Result<Checkpoint> open_remembered(const std::string& text, const std::string& origin, const std::vector<Vkey>& keys)
{
    ALBS_TRY(Note note, Note::parse(text));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    if (checkpoint.origin != origin)
        return fail(Kind::trust, "it is of the log '" + checkpoint.origin + "', not of '" + origin + "'");
    ALBS_CHECK(verify_known(note, keys));
    return checkpoint;
}

Result<std::optional<RememberedCheckpoint>> read_note(const std::string& path, const std::string& origin,
                                                      const std::vector<Vkey>& keys)
{
    if (!sys::exists(path))
        return std::optional<RememberedCheckpoint>();
    ALBS_TRY(std::string note, read_log_file(path, max_note_bytes));
    // Written without fsync: a power cut may leave an empty file, or one of zeros, which says nothing.
    if (note.find_first_not_of('\0') == std::string::npos)
        return std::optional<RememberedCheckpoint>();
    if (last_known.first == path && last_known.second.note == note)
        return std::optional<RememberedCheckpoint>(last_known.second);
    Result<Checkpoint> checkpoint = open_remembered(note, origin, keys);
    if (!checkpoint)
        return fail(Kind::trust, "the remembered head '" + path + "' is damaged: " + checkpoint.error().message);
    RememberedCheckpoint head{.checkpoint = *std::move(checkpoint), .note = std::move(note)};
    if (!keys.empty()) // else no signature was checked
        last_known = {path, head};
    return std::optional<RememberedCheckpoint>(std::move(head));
}

} // namespace

Result<CheckpointMemory> CheckpointMemory::at(const std::string& directory)
{
    if (!directory.empty())
        return CheckpointMemory(directory);
    if (const char* configured = std::getenv("ALBS_REMEMBER"); configured != nullptr && *configured != '\0')
        return CheckpointMemory(configured);
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/')
        return CheckpointMemory(std::string(state) + "/albs/heads");
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home == '/')
        return CheckpointMemory(std::string(home) + "/.local/state/albs/heads");
    return fail(Kind::environment, "no place to remember the checkpoints of logs",
                "name a directory with --remember, or set ALBS_REMEMBER, XDG_STATE_HOME or HOME");
}

std::string CheckpointMemory::path(std::string_view name) const
{
    return directory_ + "/" + sha256(name).hex();
}

Result<std::optional<RememberedCheckpoint>> CheckpointMemory::read(const std::string& origin,
                                                                   const std::vector<Vkey>& keys) const
{
    ALBS_TRY(std::optional<RememberedCheckpoint> largest, read_note(path(origin), origin, keys));
    for (const Vkey& key : keys) {
        if (key.name != origin)
            continue;
        ALBS_TRY(std::optional<RememberedCheckpoint> old, read_note(path(key.text()), origin, keys));
        if (old && (!largest || largest->checkpoint.size < old->checkpoint.size))
            largest = std::move(old);
    }
    return largest;
}

Result<std::vector<RememberedCheckpoint>> CheckpointMemory::read_all(const std::vector<Vkey>& keys) const
{
    std::set<std::string> origins;
    std::vector<RememberedCheckpoint> all;
    for (const Vkey& key : keys) {
        if (!origins.insert(key.name).second)
            continue;
        ALBS_TRY(std::optional<RememberedCheckpoint> one, read(key.name, keys));
        if (one)
            all.push_back(*std::move(one));
    }
    return all;
}

Status CheckpointMemory::prepare(const std::string& origin) const
{
    ALBS_CHECK(sys::make_directories(directory_));
    // A rename needs the right to write the directory, whatever the file's own mode is.
    if (::access(directory_.c_str(), W_OK | X_OK) != 0) {
        Error error = sys::system_error("cannot write to", directory_).value();
        error.hint = "what this machine knows of logs is kept there; name another directory with --remember or "
                     "ALBS_REMEMBER";
        return tl::unexpected<Error>(std::move(error));
    }
    ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(path(origin) + ".lock"));
    return {};
}

Status CheckpointMemory::keep(const RememberedCheckpoint& seen, const std::vector<Vkey>& keys, bool durably) const
{
    const std::string& origin = seen.checkpoint.origin;
    ALBS_CHECK(sys::make_directories(directory_));
    ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(path(origin) + ".lock"));
    ALBS_TRY(std::optional<RememberedCheckpoint> old, read(origin, keys));
    if (old && old->checkpoint.size >= seen.checkpoint.size)
        return {};
    // A verifier has no journal to fall back on.
    ALBS_CHECK(durably ? sys::write_file(path(origin), seen.note) : sys::replace_file(path(origin), seen.note));
    last_known = {path(origin), seen};
    return {};
}

Status CheckpointMemory::sync(const std::string& origin) const
{
    if (!sys::exists(path(origin)))
        return {};
    ALBS_CHECK(sys::sync_file(path(origin)));
    return sys::sync_directory(directory_);
}

} // namespace albs
