// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "root/install.hpp"
#include "root/locked_packages.hpp"
#include "root/tree.hpp"
#include "sandbox/id_map.hpp"
#include "sys/file.hpp"

namespace albs::root {
namespace {

constexpr long wait_ms = 2L * 3600 * 1000; ///< for another run that makes the same root
constexpr std::string_view half = ".new";
constexpr std::string_view going = ".old";

/// What has to be as it was when a root was made. A root is not flushed to disk then (that would take longer than
/// making it), so one from before the machine last started may have lost files in a crash. And its files belong to ids
/// that root inside has to be one of: it may have been made by another user, or with other subordinate ids.
std::string this_boot()
{
    auto id = sys::read_file("/proc/sys/kernel/random/boot_id");
    auto ids = sandbox::IdMap::of_caller(true);
    return id && ids ? *id + ids->text() : "";
}

bool is_usable(const std::string& root)
{
    auto boot = sys::read_file(root + "/boot");
    return boot && !boot->empty() && *boot == this_boot() && sys::is_directory(root + "/tree");
}

} // namespace

Result<Cache> Cache::of(const store::Workspace& workspace)
{
    ALBS_TRY(std::string path, workspace.directory("roots"));
    ALBS_TRY(std::string packages, workspace.directory("dnf"));
    return Cache(std::move(path), std::move(packages), workspace.store());
}

Result<Cache> Cache::open(const store::Workspace& workspace)
{
    ALBS_TRY(Cache cache, of(workspace));
    ALBS_CHECK(cache.remove_leftovers());
    return cache;
}

Status Cache::remove_leftovers() const
{
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(path_));
    for (const std::string& name : names)
        if (name.ends_with(half) || name.ends_with(going))
            if (auto lock = sys::FileLock::exclusive(path_ + "/" + name.substr(0, name.rfind('.')) + ".lock", 0))
                ALBS_CHECK(root::remove(path_ + "/" + name));
    return {};
}

Status Cache::make(const std::string& digest, std::string_view text) const
{
    std::string beside = path_ + "/" + digest + std::string(half);
    std::string place = path_ + "/" + digest;
    ALBS_TRY(buildroot::Lock lock, buildroot::read_lock(std::string(text)));
    ALBS_TRY(sandbox::Emulation emulation, sandbox::emulation_of(lock.arch));
    for (const std::string& old : {beside, place})
        ALBS_CHECK(root::remove(old));
    ALBS_CHECK(sys::make_directories(beside + "/tree"));
    // Scriptlets can set bits by which others would run a program as this user: nobody else gets there.
    if (::chmod((beside + "/tree").c_str(), 0755) != 0 || ::chmod(beside.c_str(), 0700) != 0)
        return sys::system_error("cannot set the mode of", beside);
    ALBS_CHECK(take_from_store(lock, store_, packages_));
    ALBS_CHECK(install({lock, packages_, beside + "/tree", beside + "/log", emulation}));
    ALBS_CHECK(sys::write_cache(beside + "/lock.json", text));
    ALBS_CHECK(sys::write_cache(beside + "/boot", this_boot()));
    if (::rename(beside.c_str(), place.c_str()) != 0)
        return sys::system_error("cannot rename", beside);
    return {};
}

bool Cache::has(const std::string& digest) const
{
    return is_usable(path_ + "/" + digest);
}

Result<Root> Cache::root(std::string_view text) const
{
    std::string digest = sha256(text).hex();
    std::string place = path_ + "/" + digest;
    bool is_new = false;
    // Between making and using it, it could be removed again; not for ever.
    for (int tries = 0; tries < 10; ++tries) {
        {
            ALBS_TRY(sys::FileLock in_use, sys::FileLock::shared(place + ".lock", wait_ms));
            if (is_usable(place)) {
                (void)::utimensat(AT_FDCWD, (place + "/boot").c_str(), nullptr, 0);
                return Root(place + "/tree", is_new, std::move(in_use));
            }
        }
        ALBS_TRY(sys::FileLock mine, sys::FileLock::exclusive(place + ".lock", wait_ms));
        if (is_usable(place))
            continue;
        auto made = make(digest, text);
        if (!made) {
            // The log stays for people; what is half made does not.
            (void)root::remove(place + std::string(half) + "/tree");
            return tl::unexpected(made.error());
        }
        is_new = true;
    }
    return fail(Kind::temporary, "root " + digest + " was removed as soon as it was made");
}

Result<std::vector<Cache::Entry>> Cache::entries() const
{
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(path_));
    std::vector<Entry> list;
    for (const std::string& name : names) {
        struct stat status {};
        if (name.find('.') != name.npos || ::stat((path_ + "/" + name + "/boot").c_str(), &status) != 0)
            continue;
        Entry entry{name, status.st_mtim.tv_sec, size_of(path_ + "/" + name), false};
        entry.in_use = !sys::FileLock::exclusive(path_ + "/" + name + ".lock", 0);
        list.push_back(std::move(entry));
    }
    return list;
}

Result<std::string> Cache::lock_text(const std::string& digest) const
{
    return sys::read_file(path_ + "/" + digest + "/lock.json");
}

Result<bool> Cache::remove(const std::string& digest) const
{
    auto lock = sys::FileLock::exclusive(path_ + "/" + digest + ".lock", 0);
    if (!lock && lock.error().kind == Kind::temporary)
        return false;
    if (!lock)
        return tl::unexpected(std::move(lock).error());
    // Out of the way in one step: nobody finds half of it.
    std::string place = path_ + "/" + digest;
    std::string aside = place + std::string(going);
    ALBS_CHECK(root::remove(aside));
    if (::rename(place.c_str(), aside.c_str()) != 0)
        return sys::system_error("cannot rename", place);
    ALBS_CHECK(root::remove(aside));
    return true;
}

} // namespace albs::root
