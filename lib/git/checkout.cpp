// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/checkout.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::git {
namespace {

constexpr timespec at(std::int64_t time)
{
    return {.tv_sec = static_cast<time_t>(time), .tv_nsec = 0};
}

Status write_entry(const std::string& path, std::string_view bytes, bool executable, std::int64_t time)
{
    sys::Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file && errno == EEXIST)
        return fail(Kind::input, "the tree holds '" + path + "' twice");
    if (!file)
        return sys::system_error("cannot create", path);
    ALBS_CHECK(sys::write_all(file.get(), bytes, path));
    const timespec times[2] = {at(time), at(time)};
    if (::fchmod(file.get(), executable ? 0755 : 0644) != 0 || ::futimens(file.get(), times) != 0)
        return sys::system_error("cannot set the mode of", path);
    return {};
}

Status write_link(const Entry& entry, const std::string& path, const std::string& target, std::int64_t time)
{
    if (!link_stays_inside(entry.path, target))
        return fail(Kind::input,
                    format_text("symbolic link '{}' leads out of the checkout, to '{}'", entry.path, target));
    if (::symlink(target.c_str(), path.c_str()) != 0)
        return errno == EEXIST ? fail(Kind::input, "the tree holds '" + entry.path + "' twice")
                               : sys::system_error("cannot link", path);
    const timespec times[2] = {at(time), at(time)};
    (void)::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW);
    return {};
}

} // namespace

bool link_stays_inside(std::string_view path, std::string_view target)
{
    if (target.empty() || target.front() == '/' || target.find('\0') != std::string_view::npos)
        return false;
    auto depth = std::count(path.begin(), path.end(), '/');
    bool named = false;
    while (!target.empty()) {
        std::string_view part = target.substr(0, target.find('/'));
        target.remove_prefix(std::min(target.size(), part.size() + 1));
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            named = true;
        else if (named || --depth < 0)
            return false;
    }
    return true;
}

Result<std::vector<std::string>> check_out(const Repository& repository, std::string_view commit,
                                           const std::string& directory, std::int64_t time)
{
    ALBS_TRY(std::vector<Entry> entries, repository.list(commit));
    std::vector<std::string> submodules;
    for (const Entry& entry : entries) {
        std::string path = directory + "/" + entry.path;
        if (entry.kind == EntryKind::submodule) {
            submodules.push_back(entry.path);
            continue;
        }
        if (entry.kind == EntryKind::directory) {
            // Fails on anything that is there already: a link to elsewhere, say.
            if (::mkdir(path.c_str(), 0755) != 0)
                return errno == EEXIST ? fail(Kind::input, "the tree holds '" + entry.path + "' twice")
                                       : sys::system_error("cannot create directory", path);
            if (::chmod(path.c_str(), 0755) != 0) // whatever the umask: others read it, too
                return sys::system_error("cannot set the mode of", path);
            continue;
        }
        ALBS_TRY(std::string bytes, repository.blob(entry.id));
        ALBS_CHECK(entry.kind == EntryKind::link ? write_link(entry, path, bytes, time)
                                                 : write_entry(path, bytes, entry.kind == EntryKind::executable, time));
    }
    return submodules;
}

} // namespace albs::git
