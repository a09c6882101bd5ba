// SPDX-License-Identifier: GPL-3.0-or-later
#include "running_log.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

constexpr std::string_view first_words = "task ";
constexpr std::size_t max_name = 200;
constexpr std::size_t max_first_line = 4096;
constexpr int max_runs = 1000; ///< that build the same at a time

/// Locks it, unless somebody else has, or it was removed meanwhile.
bool take(const sys::Fd& file, const std::string& path)
{
    struct stat ours {};
    struct stat there {};
    return ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 && ::fstat(file.get(), &ours) == 0 &&
           ::lstat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/// The id in "task ID: …".
std::string id_in(std::string_view text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t end = line.find(": ");
    if (!line.starts_with(first_words) || end == line.npos)
        return "";
    return std::string(line.substr(first_words.size(), end - first_words.size()));
}

} // namespace

Result<RunningLog> RunningLog::open(const std::string& builds, const std::string& id)
{
    std::string name = id.substr(0, max_name);
    std::replace(name.begin(), name.end(), '/', '_');
    for (int i = 1; i < max_runs; ++i) {
        std::string path = builds + "/" + name + (i == 1 ? "" : "." + std::to_string(i)) + ".log";
        sys::register_temporary(path);
        sys::Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0644));
        if (!file) {
            sys::forget_temporary(path);
            return sys::system_error("cannot create", path);
        }
        if (take(file, path)) {
            RunningLog log(std::move(path), std::move(file));
            ALBS_CHECK(log.begin(std::string(first_words) + id + ": to be built\n"));
            return log;
        }
        sys::forget_temporary(path);
    }
    return fail(Kind::temporary, "'" + id + "' is being built too often at the same time");
}

RunningLog::RunningLog(RunningLog&& other) noexcept
    : path_(std::exchange(other.path_, {})), file_(std::move(other.file_))
{
}

RunningLog::~RunningLog()
{
    if (path_.empty())
        return;
    (void)::unlink(path_.c_str());
    sys::forget_temporary(path_);
}

Status RunningLog::begin(std::string_view title)
{
    if (::ftruncate(file_.get(), 0) != 0)
        return sys::system_error("cannot write", path_);
    return sys::write_all(file_.get(), title, path_);
}

Result<std::vector<FoundLog>> running_logs(const std::string& builds)
{
    std::vector<FoundLog> found;
    if (!sys::is_directory(builds))
        return found;
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(builds));
    for (const std::string& name : names) {
        if (!name.ends_with(".log"))
            continue;
        auto file = sys::GrowingFile::open(builds + "/" + name);
        if (!file || !file->is_locked())
            continue; // of a run that was killed, or has just ended
        auto first = file->more(max_first_line);
        std::string id = first ? id_in(*first) : "";
        auto again = sys::GrowingFile::open(builds + "/" + name);
        if (!id.empty() && again)
            found.push_back({std::move(id), builds + "/" + name, *std::move(again)});
    }
    return found;
}

} // namespace albs::build
