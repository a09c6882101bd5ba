// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "root/locked_packages.hpp"
#include "root/making.hpp"
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

bool Cache::is_usable(const std::string& digest) const
{
    auto boot = sys::read_file(place(digest) + "/boot");
    if (!boot || boot->empty() || *boot != this_boot())
        return false;
    std::optional<Base> base = base_of(place(digest));
    if ((!base || !base->is_all) && tree_in(place(digest)).empty())
        return false;
    return !base ||
           (!base->making.empty() && making_of(place(base->digest)) == base->making && is_usable(base->digest));
}

bool Cache::has(const std::string& digest) const
{
    return is_usable(digest);
}

Result<Cache::Made> Cache::make_in(const std::string& directory, const buildroot::Lock& lock) const
{
    ALBS_TRY(sandbox::Emulation emulation, sandbox::emulation_of(lock.arch));
    ALBS_CHECK(take_from_store(lock, store_, packages_));
    Making work{lock, directory, packages_, emulation};
    Made made;
    if (lock.base == 0) {
        ALBS_CHECK(make_whole(work));
        return made;
    }
    const std::string text = lock_of_base(lock);
    const std::string digest = sha256(text).hex();
    ALBS_TRY(Root root, this->root(text));
    Base base{digest, making_of(place(digest)), lock.base == lock.packages.size()};
    if (!base.is_all) {
        ALBS_TRY(made.refused, make_layer(work, place(digest)));
    } else
        made.is_new = root.is_new;
    if (made.refused.empty()) {
        ALBS_CHECK(record_base(directory, base));
        return made;
    }
    remove_half(directory);
    ALBS_CHECK(make_whole(work));
    return made;
}

Result<Cache::Made> Cache::make(const std::string& digest, std::string_view text) const
{
    std::string beside = place(digest) + std::string(half);
    ALBS_TRY(buildroot::Lock lock, buildroot::read_lock(std::string(text)));
    for (const std::string& old : {beside, place(digest)})
        ALBS_CHECK(root::remove(old));
    ALBS_CHECK(sys::make_directories(beside));
    // Scriptlets can set bits by which others would run a program as this user: nobody else gets there.
    if (::chmod(beside.c_str(), 0700) != 0)
        return sys::system_error("cannot set the mode of", beside);
    auto made = make_in(beside, lock);
    if (!made) {
        // The log stays for people; what is half made does not.
        remove_half(beside);
        return made;
    }
    ALBS_CHECK(sys::write_cache(beside + "/lock.json", text));
    ALBS_CHECK(sys::write_cache(beside + "/boot", this_boot()));
    if (::rename(beside.c_str(), place(digest).c_str()) != 0)
        return sys::system_error("cannot rename", beside);
    return made;
}

/// False if there is no such root now. Its base counts as used, too.
Result<bool> Cache::share(const std::string& digest, Root& root) const
{
    ALBS_TRY(sys::FileLock in_use, sys::FileLock::shared(place(digest) + ".lock", wait_ms));
    if (!is_usable(digest))
        return false;
    (void)::utimensat(AT_FDCWD, (place(digest) + "/boot").c_str(), nullptr, 0);
    root.locks.push_back(std::move(in_use));
    if (std::string tree = tree_in(place(digest)); !tree.empty())
        root.layers.push_back(std::move(tree));
    std::optional<Base> base = base_of(place(digest));
    if (!base)
        return true;
    root.base = base->digest;
    ALBS_TRY(bool is_there, share(base->digest, root));
    return is_there && making_of(place(base->digest)) == base->making;
}

Result<Root> Cache::root(std::string_view text) const
{
    std::string digest = sha256(text).hex();
    Made made{.is_new = false};
    // Between making and using it, it could be removed again; not for ever.
    for (int tries = 0; tries < 10; ++tries) {
        {
            Root root{.layers = {}, .is_new = made.is_new, .refused = made.refused};
            ALBS_TRY(bool is_there, share(digest, root));
            if (is_there)
                return root;
        }
        ALBS_TRY(sys::FileLock mine, sys::FileLock::exclusive(place(digest) + ".lock", wait_ms));
        if (is_usable(digest))
            continue;
        ALBS_TRY(made, make(digest, text));
    }
    return fail(Kind::temporary, "root " + digest + " was removed as soon as it was made");
}

Result<std::vector<Cache::Entry>> Cache::entries() const
{
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(path_));
    std::vector<Entry> list;
    for (const std::string& name : names) {
        struct stat status {};
        if (name.find('.') != name.npos || ::stat((place(name) + "/boot").c_str(), &status) != 0)
            continue;
        Entry entry{name, status.st_mtim.tv_sec, size_of(place(name))};
        entry.in_use = !sys::FileLock::exclusive(place(name) + ".lock", 0);
        if (auto base = base_of(place(name)))
            entry.base = base->digest;
        list.push_back(std::move(entry));
    }
    return list;
}

Result<std::string> Cache::lock_text(const std::string& digest) const
{
    return sys::read_file(place(digest) + "/lock.json");
}

Result<bool> Cache::remove(const std::string& digest) const
{
    auto lock = sys::FileLock::exclusive(place(digest) + ".lock", 0);
    if (!lock && lock.error().kind == Kind::temporary)
        return false;
    if (!lock)
        return tl::unexpected(std::move(lock).error());
    // Out of the way in one step: nobody finds half of it.
    std::string aside = place(digest) + std::string(going);
    ALBS_CHECK(root::remove(aside));
    if (::rename(place(digest).c_str(), aside.c_str()) != 0)
        return sys::system_error("cannot rename", place(digest));
    ALBS_CHECK(root::remove(aside));
    return true;
}

} // namespace albs::root
