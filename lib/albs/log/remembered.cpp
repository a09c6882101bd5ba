// SPDX-License-Identifier: GPL-3.0-or-later
// One file for each log key, not for each origin: two logs of the same name and different keys are two logs.
#include "albs/log/remembered.hpp"

#include <cstdlib>

#include "sys/file.hpp"
#include "sys/lock.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

std::string head_path(const std::string& directory, const Vkey& log)
{
    return directory + "/" + sha256(log.text()).hex();
}

// Verified by this thread: a writer of many commits would verify its own signature again at each.
thread_local std::pair<std::string, RememberedCheckpoint> last_known;

} // namespace

Result<std::string> remembered_directory()
{
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/')
        return std::string(state) + "/albs/heads";
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home == '/')
        return std::string(home) + "/.local/state/albs/heads";
    return fail(Kind::environment, "no place to remember the heads of logs", "set XDG_STATE_HOME or HOME");
}

Result<std::optional<RememberedCheckpoint>> read_remembered(const Vkey& log)
{
    ALBS_TRY(std::string directory, remembered_directory());
    std::string path = head_path(directory, log);
    if (!sys::exists(path))
        return std::optional<RememberedCheckpoint>();
    ALBS_TRY(std::string note, sys::read_file(path, std::size_t{1} << 20));
    // Written without fsync: a power cut may leave an empty file, or one of zeros, which says nothing.
    if (note.find_first_not_of('\0') == std::string::npos)
        return std::optional<RememberedCheckpoint>();
    if (last_known.first == path && last_known.second.note == note)
        return std::optional<RememberedCheckpoint>(last_known.second);
    Result<Checkpoint> checkpoint = open_checkpoint(note, log);
    if (!checkpoint)
        return fail(Kind::trust, "the remembered head '" + path + "' is damaged: " + checkpoint.error().message);
    last_known = {path, {.checkpoint = *checkpoint, .note = std::move(note)}};
    return std::optional<RememberedCheckpoint>(last_known.second);
}

namespace {

Status remember(const Vkey& log, const RememberedCheckpoint& head, Status (*write)(const std::string&, std::string_view))
{
    ALBS_TRY(std::string directory, remembered_directory());
    ALBS_CHECK(sys::make_directories(directory));
    std::string path = head_path(directory, log);
    ALBS_TRY(sys::Lock lock, sys::Lock::exclusive(path + ".lock"));
    ALBS_TRY(std::optional<RememberedCheckpoint> old, read_remembered(log));
    if (old && old->checkpoint.size >= head.checkpoint.size)
        return {};
    ALBS_CHECK(write(path, head.note));
    last_known = {path, head};
    return {};
}

} // namespace

Status remember_checkpoint(const Vkey& log, const std::string& note)
{
    ALBS_TRY(Checkpoint checkpoint, open_checkpoint(note, log));
    // A verifier has no journal to fall back on.
    return remember(log, RememberedCheckpoint{.checkpoint = std::move(checkpoint), .note = note},
                    [](const std::string& path, std::string_view bytes) { return sys::write_file(path, bytes); });
}

Status remember_checkpoint(const Vkey& log, const RememberedCheckpoint& head)
{
    return remember(log, head, sys::replace_file);
}

Status sync_remembered(const Vkey& log)
{
    ALBS_TRY(std::string directory, remembered_directory());
    std::string path = head_path(directory, log);
    if (!sys::exists(path))
        return {};
    ALBS_CHECK(sys::sync_file(path));
    return sys::sync_directory(directory);
}

} // namespace albs
