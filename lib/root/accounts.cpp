// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/accounts.hpp"

#include <fcntl.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::root {
namespace {

/// The name (first field) or the number (third) is in use.
bool is_taken(const std::string& accounts)
{
    std::istringstream lines(accounts);
    for (std::string line; std::getline(lines, line);) {
        std::size_t first = line.find(':');
        std::size_t second = line.find(':', first + 1);
        if (first == line.npos || second == line.npos)
            continue;
        if (line.substr(0, first) == "mockbuild" || line.substr(second + 1).starts_with("1000:"))
            return true;
    }
    return false;
}

Status append(const sys::Fd& etc, const char* name, const std::string& entry)
{
    sys::Fd file(::openat(etc.get(), name, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0)
        return sys::system_error("the root has no", std::string("/etc/") + name);
    if (!S_ISREG(status.st_mode) || status.st_nlink != 1)
        return fail(Kind::environment, std::string("the root's /etc/") + name + " is no file of its own");
    ALBS_TRY(std::string text, sys::read_all(file.get(), name));
    if (is_taken(text))
        return {};
    return sys::write_all(file.get(), (text.empty() || text.back() == '\n' ? "" : "\n") + entry, name);
}

} // namespace

Status add_account_of_builds(const std::string& tree)
{
    sys::Fd root(::open(tree.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    sys::Fd etc(root ? ::openat(root.get(), "etc", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1);
    if (!etc)
        return sys::system_error("the root has no", "/etc");
    ALBS_CHECK(append(etc, "passwd", "mockbuild:x:1000:1000:mockbuild:/builddir:/bin/bash\n"));
    return append(etc, "group", "mockbuild:x:1000:\n");
}

} // namespace albs::root
