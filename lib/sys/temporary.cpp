// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/temporary.hpp"

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <set>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <thread>

#include "base/format.hpp"
#include "sys/abandoned_processes.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary_registry.hpp"

namespace albs::sys {
namespace {

// The only mutable state of the program that is not passed around: the signal thread has no other way to it.
struct Registry {
    std::mutex mutex;
    std::set<std::string> paths;
    std::set<std::string> searched; ///< directories, for what dead programs left
};

Registry& registry()
{
    static auto* only = new Registry; // never destroyed: the signal thread outlives main's statics
    return *only;
}

constexpr std::string_view directory_mark = "albs-tmp-"; ///< albs-tmp-NAME-RANDOM
constexpr std::string_view file_mark = ".albs-tmp-";     ///< .NAME.albs-tmp-RANDOM
constexpr std::string_view link_suffix = "-link";        ///< a link beside such a file (link_or_copy)

/// Locks the new file or directory, so that others see that its program runs. False if another program took it
/// for abandoned before that, and removed it. Where the file system knows no locks, nothing is taken for abandoned.
bool claim(const Fd& file, const std::string& path)
{
    while (::flock(file.get(), LOCK_SH) != 0 && errno == EINTR) {
    }
    struct stat ours{};
    struct stat there{};
    return ::fstat(file.get(), &ours) == 0 && ::lstat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
           ours.st_dev == there.st_dev;
}

/// As TemporaryDirectory names it.
bool is_directory_name(std::string_view name)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return name.starts_with(directory_mark) && name.size() > directory_mark.size() + 7 &&
           name[name.size() - 7] == '-' && name.find_first_not_of(letters, name.size() - 6) == name.npos;
}

/// As TemporaryFile and link_or_copy() name them.
bool is_file_name(std::string_view name)
{
    std::size_t mark = name.rfind(file_mark);
    if (!name.starts_with(".") || mark == 0 || mark == name.npos)
        return false;
    std::string_view number = name.substr(mark + file_mark.size());
    if (number.ends_with(link_suffix))
        number.remove_suffix(link_suffix.size());
    return !number.empty() && number.find_first_not_of("0123456789") == number.npos;
}

void remove_if_abandoned(const std::string& path)
{
    bool is_link = path.ends_with(link_suffix);
    // Such a link is there no longer than the file it is named after.
    std::string claimed = is_link ? path.substr(0, path.size() - link_suffix.size()) : path;
    struct stat status{};
    std::string name = base_name(path);
    if (::lstat(path.c_str(), &status) != 0 ||
        !(S_ISDIR(status.st_mode) ? is_directory_name(name) : S_ISREG(status.st_mode) && is_file_name(name)))
        return;
    Fd file(::open(claimed.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file && is_link && errno == ENOENT)
        (void)::unlink(path.c_str());
    if (file && ::fstat(file.get(), &status) == 0 && status.st_uid == ::geteuid() &&
        ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
        if (S_ISDIR(status.st_mode))
            kill_processes_of(path);
        (void)remove_tree(path);
    }
}

void remove_abandoned_once(const std::string& directory)
{
    {
        std::lock_guard guard(registry().mutex);
        if (!registry().searched.insert(directory).second)
            return;
    }
    remove_abandoned_temporaries(directory);
}

} // namespace

void remove_abandoned_temporaries(const std::string& directory)
{
    std::error_code code;
    std::filesystem::directory_iterator it(directory, code);
    for (; !code && it != std::filesystem::directory_iterator(); it.increment(code))
        if (it->path().native().find(directory_mark) != std::string::npos)
            remove_if_abandoned(it->path().string());
}

void register_temporary(const std::string& path)
{
    std::lock_guard guard(registry().mutex);
    registry().paths.insert(path);
}

void forget_temporary(const std::string& path)
{
    std::lock_guard guard(registry().mutex);
    registry().paths.erase(path);
}

void remove_registered_temporaries()
{
    registry().mutex.lock(); // for good: nothing may be made after this
    // A thread of ours or a child that is just dying may still be writing below such a path.
    for (const std::string& path : registry().paths)
        for (int tries = 0; tries < 200 && (!remove_tree(path) || exists(path)); ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

Result<TemporaryFile> TemporaryFile::beside(const std::string& target, unsigned mode)
{
    remove_abandoned_once(directory_name(target));
    // Process ids repeat in containers, and a crash may have left a file: the name has to be new.
    for (int tries = 0; tries < 100; ++tries) {
        std::uint64_t random = 0;
        if (::getrandom(&random, sizeof random, 0) != sizeof random)
            return system_error("no random bytes for", target);
        std::string path = format_text("{}/.{}{}{}", directory_name(target), base_name(target).substr(0, 180),
                                       file_mark, random);
        // The registry is held while the file comes to be, so that a signal finds it there or not at all.
        std::lock_guard guard(registry().mutex);
        Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
        if (file && claim(file, path)) {
            registry().paths.insert(path);
            return TemporaryFile(std::move(path), target, std::move(file));
        }
        if (!file && errno != EEXIST)
            break;
    }
    return system_error("cannot create", target);
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), target_(std::move(other.target_)), file_(std::move(other.file_))
{
}

TemporaryFile::~TemporaryFile()
{
    if (path_.empty())
        return;
    (void)::unlink(path_.c_str());
    forget_temporary(path_);
}

Status TemporaryFile::put_in_place_as(const std::string& target)
{
    target_ = target;
    return put_in_place();
}

Status TemporaryFile::put_in_place(bool durable)
{
    if (durable && ::fsync(file_.get()) != 0)
        return system_error("cannot sync", target_);
    // Claimed until it has its name.
    Fd claimed(::fcntl(file_.get(), F_DUPFD_CLOEXEC, 3));
    if (file_.close() != 0)
        return system_error("cannot close", target_);
    if (::rename(path_.c_str(), target_.c_str()) != 0)
        return system_error("cannot replace", target_);
    forget_temporary(std::exchange(path_, {}));
    return durable ? sync_directory(directory_name(target_)) : Status();
}

std::string temporary_directory()
{
    const char* configured = std::getenv("TMPDIR");
    return configured != nullptr && *configured != '\0' ? configured : "/tmp";
}

Result<TemporaryDirectory> TemporaryDirectory::make(const std::string& name, const std::string& parent)
{
    ALBS_TRY(std::string where, absolute_path(parent.empty() ? temporary_directory() : parent));
    remove_abandoned_once(where);
    for (int tries = 0; tries < 100; ++tries) {
        // The registry is held while the directory comes to be, so that a signal finds it there or not at all.
        std::lock_guard guard(registry().mutex);
        std::string path = format_text("{}/{}{}-XXXXXX", where, directory_mark.data(), name);
        if (::mkdtemp(path.data()) == nullptr)
            break;
        registry().paths.insert(path);
        Fd claimed(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (claimed && claim(claimed, path))
            return TemporaryDirectory(path, std::move(claimed));
        registry().paths.erase(path);
    }
    return system_error("cannot make a temporary directory in", where);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})), claimed_(std::move(other.claimed_))
{
}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(claimed_, other.claimed_);
    return *this;
}

TemporaryDirectory::~TemporaryDirectory()
{
    if (path_.empty())
        return;
    (void)remove_tree(path_);
    forget_temporary(path_);
}

} // namespace albs::sys
