// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/making.hpp"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "root/install.hpp"
#include "root/tree.hpp"
#include "sandbox/view.hpp"
#include "sys/file.hpp"

namespace albs::root {
namespace {

std::string line_in(const std::string& path)
{
    auto text = sys::read_file(path);
    return text ? text->substr(0, text->find('\n')) : "";
}

Result<std::string> new_name()
{
    std::array<std::uint8_t, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return sys::system_error("cannot read", "random numbers");
    return to_hex(bytes);
}

/// A directory of a layer, which belongs to whom that of the base does.
Status make_directory(const std::string& path, const struct stat& like, mode_t mode)
{
    ALBS_CHECK(sys::make_directories(path));
    if ((::geteuid() == 0 && ::lchown(path.c_str(), like.st_uid, like.st_gid) != 0) || ::chmod(path.c_str(), mode) != 0)
        return sys::system_error("cannot give away", path);
    return {};
}

/// Overlays of a plain user, and of root in namespaces, keep what they need to know in such attributes.
std::string attributes_refused(const std::string& path)
{
    if (::setxattr(path.c_str(), "user.albs", "1", 1, 0) == 0 && ::removexattr(path.c_str(), "user.albs") == 0)
        return "";
    return std::string("no user attributes of files: ") + std::strerror(errno);
}

Installation installation_of(const Making& work)
{
    return {.packages = work.lock.packages,
            .files = work.files,
            .log = work.directory + "/log",
            .emulation = work.emulation};
}

} // namespace

std::string lock_of_base(const buildroot::Lock& lock)
{
    buildroot::Lock base;
    base.arch = lock.arch;
    base.packages.assign(lock.packages.begin(), lock.packages.begin() + static_cast<std::ptrdiff_t>(lock.base));
    for (buildroot::LockedPackage& package : base.packages) {
        package.header.reset();
        package.repository.reset();
        package.path.reset();
    }
    return buildroot::write_lock(base);
}

std::optional<Base> base_of(const std::string& directory)
{
    std::optional<Base> base;
    auto text = sys::read_file(directory + "/base");
    if (!text)
        return base;
    std::istringstream words(*text);
    std::string what;
    base.emplace();
    words >> base->digest >> base->making >> what;
    base->is_all = what == "all";
    return base;
}

Status record_base(const std::string& directory, const Base& base)
{
    return sys::write_cache(directory + "/base",
                            base.digest + " " + base.making + (base.is_all ? " all\n" : " layer\n"));
}

std::string making_of(const std::string& directory)
{
    return line_in(directory + "/making");
}

std::string tree_in(const std::string& directory)
{
    for (const char* name : {"/tree", "/layer/tree"})
        if (sys::is_directory(directory + name))
            return directory + name;
    return "";
}

Status make_whole(const Making& work)
{
    const std::string tree = work.directory + "/tree";
    ALBS_CHECK(sys::make_directories(tree));
    if (::chmod(tree.c_str(), 0755) != 0)
        return sys::system_error("cannot set the mode of", tree);
    Installation step = installation_of(work);
    if (work.lock.base > 0 && work.lock.base < work.lock.packages.size()) {
        step.packages = step.packages.first(work.lock.base);
        ALBS_TRY(step.database, install(step, tree));
        step.packages = work.lock.packages;
        step.there = work.lock.base;
    }
    ALBS_TRY(std::string database, install(step, tree));
    ALBS_CHECK(sys::write_cache(work.directory + "/database", database + "\n"));
    ALBS_TRY(std::string name, new_name());
    return sys::write_cache(work.directory + "/making", name + "\n");
}

Result<std::string> make_layer(const Making& work, const std::string& base)
{
    const std::string place = work.directory + "/layer";
    const std::string below = base + "/tree";
    struct stat like {};
    if (::lstat(below.c_str(), &like) != 0)
        return sys::system_error("cannot look at", below);
    ALBS_CHECK(sys::make_directories(place + "/work"));
    if (std::string refused = attributes_refused(place + "/work"); !refused.empty())
        return refused;
    ALBS_CHECK(make_directory(place, like, 0755));
    ALBS_CHECK(make_directory(place + "/work", like, 0755));
    // The root directory of a view is that of its uppermost layer.
    ALBS_CHECK(make_directory(place + "/tree", like, like.st_mode & 07777));
    const struct timespec times[] = {like.st_atim, like.st_mtim};
    (void)::utimensat(AT_FDCWD, (place + "/tree").c_str(), times, 0);
    {
        auto view = sandbox::View::of_layer(below, place, work.emulation);
        if (!view)
            return std::move(view).error().message;
        Installation step = installation_of(work);
        step.there = work.lock.base;
        step.database = line_in(base + "/database");
        ALBS_TRY([[maybe_unused]] std::string database, install(step, *view));
    }
    ALBS_CHECK(remove(place + "/work"));
    return std::string();
}

void remove_half(const std::string& directory)
{
    (void)remove(directory + "/tree");
    (void)remove(directory + "/layer");
}

} // namespace albs::root
