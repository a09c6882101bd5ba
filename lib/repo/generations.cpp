// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/generations.hpp"

#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::repo {
namespace {

std::optional<std::int64_t> number_after(std::string_view name, const std::string& stem)
{
    if (name.size() <= stem.size() || name.substr(0, stem.size()) != stem)
        return std::nullopt;
    name.remove_prefix(stem.size());
    std::int64_t number = 0;
    auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (code != std::errc() || end != name.data() + name.size() || number < 0 || std::to_string(number) != name)
        return std::nullopt;
    return number;
}

enum class What { nothing, link, directory, other };

What what_is(const std::string& path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0)
        return What::nothing;
    if (S_ISLNK(status.st_mode))
        return What::link;
    return S_ISDIR(status.st_mode) ? What::directory : What::other;
}

} // namespace

std::string Generations::beside(const std::string& what) const
{
    return format_text("{}/.{}.{}", sys::directory_name(directory_), sys::base_name(directory_), what);
}

std::string Generations::path(std::int64_t number) const
{
    return number == 0 && plain_ ? directory_ : directory_ + "." + std::to_string(number);
}

Result<Generations> Generations::open(const std::string& directory)
{
    ALBS_TRY(std::string absolute, sys::absolute_path(directory));
    while (absolute.size() > 1 && absolute.back() == '/')
        absolute.pop_back();
    if (absolute == "/")
        return fail(Kind::usage, "'/' cannot be switched as a whole");
    Generations generations(absolute);
    ALBS_CHECK(generations.look());
    return generations;
}

Status Generations::look()
{
    current_.reset();
    plain_ = false;
    all_.clear();
    std::string stem = sys::base_name(directory_) + ".";
    What kind = what_is(directory_);
    if (kind == What::other)
        return fail(Kind::input, "'" + directory_ + "' is not a directory");
    if (kind == What::directory) {
        current_ = 0;
        plain_ = true;
        all_.push_back(0);
    }
    if (kind == What::link) {
        char target[PATH_MAX];
        ssize_t length = ::readlink(directory_.c_str(), target, sizeof target);
        if (length < 0)
            return sys::system_error("cannot read link", directory_);
        current_ = number_after({target, static_cast<std::size_t>(length)}, stem);
        if (!current_)
            return fail(Kind::input,
                        format_text("'{}' is a link to '{}', which is not a generation of it", directory_,
                                    std::string(target, static_cast<std::size_t>(length))),
                        "give the directory that it leads to");
    }
    std::string parent = sys::directory_name(directory_);
    if (!sys::is_directory(parent))
        return {};
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(parent));
    for (const std::string& name : names)
        if (auto number = number_after(name, stem); number && what_is(parent + "/" + name) == What::directory)
            all_.push_back(*number);
    std::sort(all_.begin(), all_.end());
    return {};
}

Result<sys::FileLock> Generations::lock()
{
    ALBS_CHECK(sys::make_directories(sys::directory_name(directory_)));
    ALBS_TRY(sys::FileLock held, sys::FileLock::exclusive(beside("lock"), 1000));
    ALBS_CHECK(sys::remove_tree(staging()));
    // A crash right after the exchange with a plain directory left that directory under the link's name.
    if (what_is(link()) == What::directory) {
        std::string first = directory_ + ".0";
        if (::rename(link().c_str(), first.c_str()) != 0)
            return sys::system_error("cannot rename to", first);
    }
    ALBS_CHECK(sys::remove_tree(link()));
    ALBS_CHECK(look());
    return held;
}

Result<std::string> Generations::stage()
{
    sys::register_temporary(staging());
    if (::mkdir(staging().c_str(), 0755) != 0)
        return sys::system_error("cannot make directory", staging());
    return staging();
}

void Generations::discard()
{
    // What cannot be removed now is removed by the next writer.
    (void)sys::remove_tree(staging());
    sys::forget_temporary(staging());
}

Status Generations::commit()
{
    // One call for thousands of files; it reports write errors that fsync of single files would miss.
    sys::Fd staged(::open(staging().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!staged)
        return sys::system_error("cannot open directory", staging());
    if (::syncfs(staged.get()) != 0)
        return sys::system_error("cannot sync", staging());
    std::int64_t number = all_.empty() ? 1 : all_.back() + 1;
    std::string target = directory_ + "." + std::to_string(number);
    if (::rename(staging().c_str(), target.c_str()) != 0)
        return sys::system_error("cannot rename to", target);
    sys::forget_temporary(staging());
    ALBS_CHECK(sys::sync_directory(sys::directory_name(directory_)));
    return serve(number);
}

Status Generations::serve(std::int64_t number)
{
    std::string target = sys::base_name(directory_) + "." + std::to_string(number);
    std::string parent = sys::directory_name(directory_);
    if (::symlink(target.c_str(), link().c_str()) != 0)
        return sys::system_error("cannot make link", link());
    if (plain_) {
        // A rename cannot replace a directory by a link; an exchange can, and the reader sees one or the other.
        if (::renameat2(AT_FDCWD, link().c_str(), AT_FDCWD, directory_.c_str(), RENAME_EXCHANGE) != 0)
            return sys::system_error("cannot exchange", directory_);
        if (::rename(link().c_str(), (directory_ + ".0").c_str()) != 0)
            return sys::system_error("cannot rename to", directory_ + ".0");
    } else if (::rename(link().c_str(), directory_.c_str()) != 0) {
        return sys::system_error("cannot switch", directory_);
    }
    ALBS_CHECK(sys::sync_directory(parent));
    return look();
}

Status Generations::prune(const std::set<std::int64_t>& keep)
{
    for (std::int64_t number : std::vector<std::int64_t>(all_))
        if (number != 0 && number != current_ && keep.count(number) == 0)
            ALBS_CHECK(sys::remove_tree(path(number)));
    return look();
}

} // namespace albs::repo
