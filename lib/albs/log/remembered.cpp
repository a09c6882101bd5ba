// SPDX-License-Identifier: GPL-3.0-or-later
// One file for each origin, named by its SHA-256. Older versions had one for each key, which are read as well: an
// update must not make a machine forget.
#include "albs/log/remembered.hpp"

#include <cerrno>
#include <cstdlib>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "albs/log/directory.hpp"
#include "albs/log/seen_sizes.hpp"
#include "base/format.hpp"
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
        return fail(Kind::trust, format_text("it is of the log '{}', not of '{}'", checkpoint.origin, origin));
    ALBS_CHECK(verify_known(note, keys));
    return checkpoint;
}

// Written without fsync: a power cut may leave an empty file, or one of zeros.
bool is_empty(const std::string& note)
{
    return note.find_first_not_of('\0') == std::string::npos;
}

std::string seen_file(const std::string& head)
{
    return head + ".seen";
}

// Who may write there decides what was seen.
Status check_private(const std::string& path)
{
    struct stat status {};
    const bool is_open =
        ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0;
    return is_open ? fail(Kind::environment, "everybody may write to '" + path + "'",
                          "run 'chmod o-w' on it, and find out who did")
                   : Status();
}

// What may not be looked at is not "never seen".
Result<bool> can_be_there(const std::string& path)
{
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0)
        return true;
    if (errno != ENOENT)
        return sys::system_error("cannot look for what is remembered in", path);
    return false;
}

// Whatever the umask is.
Status make_private(const std::string& directory)
{
    const bool is_there = sys::exists(directory);
    ALBS_CHECK(sys::make_directories(directory));
    struct stat status {};
    if (!is_there && ::stat(directory.c_str(), &status) == 0 && (status.st_mode & 0022) != 0 &&
        ::chmod(directory.c_str(), status.st_mode & 07755) != 0)
        return sys::system_error("cannot set the mode of", directory);
    return {};
}

Result<std::optional<RememberedCheckpoint>> read_note(const std::string& path, const std::string& origin,
                                                      const std::vector<Vkey>& keys)
{
    ALBS_TRY(bool is_there, can_be_there(path));
    if (!is_there)
        return std::optional<RememberedCheckpoint>();
    ALBS_CHECK(check_private(path));
    ALBS_TRY(std::string note, read_log_file(path, max_note_bytes));
    if (is_empty(note))
        return fail(Kind::environment, "the remembered head '" + path + "' is empty",
                    "if the power failed, hold the log against a copy of it or a checkpoint of a witness, then remove "
                    "that file; else find out who emptied it");
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

bool CheckpointMemory::is_blank(const std::string& origin) const
{
    if (!sys::exists(path(origin)))
        return false;
    Result<std::string> note = read_log_file(path(origin), max_note_bytes);
    return note && is_empty(*note);
}

Result<std::optional<RememberedCheckpoint>> CheckpointMemory::read(const std::string& origin,
                                                                   const std::vector<Vkey>& keys) const
{
    ALBS_CHECK(check_private(directory_));
    ALBS_CHECK(check_private(seen_file(path(origin))));
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
    ALBS_CHECK(make_private(directory_));
    ALBS_CHECK(check_private(directory_));
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
    ALBS_CHECK(make_private(directory_));
    ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(path(origin) + ".lock"));
    std::optional<RememberedCheckpoint> old;
    if (!is_blank(origin)) { // else it is the writer's, who knows more: readers read it before the log, and fail
        ALBS_TRY(old, read(origin, keys));
    }
    if (old && old->checkpoint.size >= seen.checkpoint.size)
        return {};
    // Who removed the head, as one does for a log that is gone, wants the rest to be forgotten as well.
    if (!old && !is_blank(origin) && ::unlink(seen_file(path(origin)).c_str()) != 0 && errno != ENOENT)
        return sys::system_error("cannot remove", seen_file(path(origin)));
    if (old) // a head of earlier versions is not in there
        ALBS_CHECK(note_seen(seen_file(path(origin)), old->checkpoint));
    ALBS_CHECK(note_seen(seen_file(path(origin)), seen.checkpoint));
    // A verifier has no journal to fall back on.
    ALBS_CHECK(durably ? sys::write_file(path(origin), seen.note) : sys::replace_file(path(origin), seen.note));
    last_known = {path(origin), seen};
    return {};
}

Result<std::optional<Digest>> CheckpointMemory::seen_root(const std::string& origin, std::uint64_t size) const
{
    return albs::seen_root(seen_file(path(origin)), size);
}

Status CheckpointMemory::keep_proved(const std::string& origin, const std::vector<Checkpoint>& proved) const
{
    std::vector<Checkpoint> news;
    for (const Checkpoint& one : proved) {
        Result<std::optional<Digest>> known = seen_root(origin, one.size);
        if (!known || !*known)
            news.push_back(one);
    }
    if (news.empty())
        return {};
    ALBS_CHECK(check_private(directory_));
    ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(path(origin) + ".lock"));
    ALBS_CHECK(check_private(seen_file(path(origin))));
    return add_seen(seen_file(path(origin)), news);
}

Status CheckpointMemory::sync(const std::string& origin) const
{
    if (!sys::exists(path(origin)))
        return {};
    ALBS_CHECK(sys::sync_file(path(origin)));
    return sys::sync_directory(directory_);
}

} // namespace albs
