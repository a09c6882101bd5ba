// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/temporary.hpp"

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/random.h>
#include <sys/stat.h>
#include <thread>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary_registry.hpp"

namespace albs::sys {
namespace {

// The only mutable state of the program that is not passed around: the signal thread has no other way to it.
struct Registry {
    std::mutex mutex;
    std::set<std::string> paths;
};

Registry& registry()
{
    static auto* only = new Registry; // never destroyed: the signal thread outlives main's statics
    return *only;
}

} // namespace

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
    // A name nobody has: process ids come again in containers, and a crash may have left a file behind.
    for (int tries = 0; tries < 100; ++tries) {
        std::uint64_t random = 0;
        if (::getrandom(&random, sizeof random, 0) != sizeof random)
            return system_error("no random bytes for", target);
        std::string path =
            format_text("{}/.{}.tmp-{}", directory_name(target), base_name(target).substr(0, 180), random);
        // The registry is held while the file comes to be, so that a signal finds it there or not at all.
        std::lock_guard guard(registry().mutex);
        Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
        if (file) {
            registry().paths.insert(path);
            return TemporaryFile(std::move(path), target, std::move(file));
        }
        if (errno != EEXIST)
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
    if (file_.close() != 0)
        return system_error("cannot close", target_);
    if (::rename(path_.c_str(), target_.c_str()) != 0)
        return system_error("cannot replace", target_);
    forget_temporary(std::exchange(path_, {}));
    return durable ? sync_directory(directory_name(target_)) : Status();
}

Result<TemporaryDirectory> TemporaryDirectory::make(const std::string& name, const std::string& parent)
{
    std::string where = parent;
    if (where.empty()) {
        const char* configured = std::getenv("TMPDIR");
        where = configured != nullptr && *configured != '\0' ? configured : "/tmp";
    }
    ALBS_TRY(where, absolute_path(where));
    // The registry is held while the directory comes to be, so that a signal finds it there or not at all.
    std::lock_guard guard(registry().mutex);
    std::string path = where + "/" + name + "-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr)
        return system_error("cannot make a temporary directory in", where);
    registry().paths.insert(path);
    return TemporaryDirectory(path);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::move(other.path_))
{
    other.path_.clear();
}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept
{
    std::swap(path_, other.path_);
    return *this;
}

TemporaryDirectory::~TemporaryDirectory()
{
    if (path_.empty())
        return;
    (void)remove_tree(path_);
    forget_temporary(path_);
}

std::string TemporaryDirectory::keep()
{
    forget_temporary(path_);
    return std::exchange(path_, {});
}

} // namespace albs::sys
