// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/garbage.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/file.hpp"
#include "sys/file_lock.hpp"

namespace albs::repositories {
namespace {

constexpr const char* lock_name = "lock";

/// Another process holds it, or it cannot be taken: then nothing is removed.
Result<bool> is_busy(const Result<sys::FileLock>& lock)
{
    if (lock)
        return false;
    if (lock.error().kind == Kind::temporary)
        return true;
    return tl::unexpected<Error>(lock.error());
}

} // namespace

void mark_used(const std::string& path)
{
    const struct timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
    (void)::utimensat(AT_FDCWD, path.c_str(), times, 0);
}

Result<PackageFiles> remove_objects(const std::string& directory, const std::set<std::string>& needed,
                                    const Garbage& garbage)
{
    PackageFiles files;
    if (!sys::is_directory(directory))
        return files;
    ALBS_TRY(std::vector<std::string> names, sys::list_tree(directory));
    for (const std::string& name : names) {
        struct stat status {};
        std::string path = directory + "/" + name;
        if (name == lock_name || ::stat(path.c_str(), &status) != 0)
            continue;
        std::int64_t used = std::max(status.st_atim.tv_sec, status.st_mtim.tv_sec);
        ++files.count;
        files.size += status.st_size;
        if (used >= garbage.before || needed.contains(sys::base_name(name)))
            continue;
        ++files.removed;
        files.freed += status.st_size;
        if (!garbage.is_dry && ::unlink(path.c_str()) != 0)
            return sys::system_error("cannot remove", path);
    }
    return files;
}

Result<PackageFiles> remove_packages(const std::string& directory, const std::set<std::string>& needed,
                                     const Garbage& garbage)
{
    if (!sys::is_directory(directory))
        return PackageFiles();
    auto lock = sys::FileLock::exclusive(directory + "/" + lock_name, 0);
    ALBS_TRY(bool busy, is_busy(lock));
    // Nothing was last used before the beginning of time.
    return remove_objects(directory, needed, busy ? Garbage{0, true} : garbage);
}

Result<std::vector<RepositoryFiles>> remove_metadata(const std::string& directory, const Garbage& garbage)
{
    std::vector<RepositoryFiles> list;
    if (!sys::is_directory(directory))
        return list;
    ALBS_TRY(std::vector<std::string> repositories, sys::list_directory(directory));
    for (const std::string& repository : repositories) {
        std::string place = directory + "/" + repository;
        struct stat of_lock {};
        if (::stat((place + "/" + lock_name).c_str(), &of_lock) != 0)
            continue;
        auto lock = sys::FileLock::exclusive(place + "/" + lock_name, 0);
        ALBS_TRY(bool busy, is_busy(lock));
        RepositoryFiles files{repository, 0, of_lock.st_atim.tv_sec, false};
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(place));
        std::erase(names, lock_name);
        if (names.empty())
            continue;
        bool is_old = !busy && files.used < garbage.before;
        files.removed = is_old && !garbage.is_dry;
        for (const std::string& name : names) {
            struct stat status {};
            std::string path = place + "/" + name;
            files.size += ::lstat(path.c_str(), &status) == 0 ? status.st_size : 0;
            if (files.removed && ::unlink(path.c_str()) != 0)
                return sys::system_error("cannot remove", path);
        }
        list.push_back(std::move(files));
    }
    return list;
}

} // namespace albs::repositories
