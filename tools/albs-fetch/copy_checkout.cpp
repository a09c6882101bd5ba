// SPDX-License-Identifier: GPL-3.0-or-later
#include "copy_checkout.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "git/checkout.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

/// Copies files and links that stay inside, but for .git, under the rules of a checkout.
class Copy {
public:
    Copy(std::string from, std::string to) : from_(std::move(from)), to_(std::move(to)) {}

    Status directory(const std::string& path)
    {
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(from_ + "/" + path));
        for (const std::string& name : names)
            if (name != ".git")
                ALBS_CHECK(entry(path.empty() ? name : path + "/" + name));
        return {};
    }

private:
    Status entry(const std::string& path)
    {
        struct stat status {};
        std::string from = from_ + "/" + path;
        if (::lstat(from.c_str(), &status) != 0)
            return sys::system_error("cannot read", from);
        if (S_ISDIR(status.st_mode)) {
            if (::mkdir((to_ + "/" + path).c_str(), 0755) != 0)
                return sys::system_error("cannot create directory", path);
            return directory(path);
        }
        if (S_ISLNK(status.st_mode))
            return link(path);
        if (S_ISREG(status.st_mode))
            return file(path, (status.st_mode & 0111) != 0);
        return {}; // sockets and the like are nobody's sources
    }

    Status link(const std::string& path)
    {
        char target[4096];
        ssize_t length = ::readlink((from_ + "/" + path).c_str(), target, sizeof target);
        std::string_view text(target, static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
        if (!git::link_stays_inside(path, text))
            return fail(Kind::input, "symbolic link '" + path + "' leads out of the directory");
        if (::symlink(std::string(text).c_str(), (to_ + "/" + path).c_str()) != 0)
            return sys::system_error("cannot link", path);
        return {};
    }

    Status file(const std::string& path, bool executable)
    {
        std::string to = to_ + "/" + path;
        ALBS_CHECK(sys::copy_file(from_ + "/" + path, to));
        if (::chmod(to.c_str(), executable ? 0755 : 0644) != 0)
            return sys::system_error("cannot set the mode of", to);
        return {};
    }

    std::string from_;
    std::string to_;
};

} // namespace

Status copy_checkout(const std::string& from, const std::string& to)
{
    return Copy(from, to).directory("");
}

} // namespace albs::fetch
