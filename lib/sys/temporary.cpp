// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/temporary.hpp"

#include <cstdlib>
#include <mutex>
#include <set>

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
    for (const std::string& path : registry().paths)
        (void)remove_tree(path);
}

Result<TemporaryDirectory> TemporaryDirectory::make(const std::string& name, const std::string& parent)
{
    std::string where = parent;
    if (where.empty()) {
        const char* configured = std::getenv("TMPDIR");
        where = configured != nullptr && *configured != '\0' ? configured : "/tmp";
    }
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
