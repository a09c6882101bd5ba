// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/id_map.hpp"

#include <fcntl.h>
#include <optional>
#include <pwd.h>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::sandbox {
namespace {

/// The kernel takes a map in one write.
Status write_map(int process, const std::string& name, const std::string& text)
{
    std::string path = "/proc/" + std::to_string(process) + "/" + name;
    sys::Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return sys::system_error("cannot write", path);
    return {};
}

/// Our own map is "INSIDE OUTSIDE COUNT" lines; a namespace below it can have every INSIDE.
Result<std::string> identity(const std::string& name)
{
    ALBS_TRY(std::string ours, sys::read_file("/proc/self/" + name));
    std::istringstream lines(ours);
    std::string map;
    long long inside = 0;
    long long outside = 0;
    long long count = 0;
    while (lines >> inside >> outside >> count)
        map += std::to_string(inside) + " " + std::to_string(inside) + " " + std::to_string(count) + "\n";
    return map;
}

std::string user_name()
{
    char buffer[4096];
    struct passwd entry{};
    struct passwd* found = nullptr;
    return getpwuid_r(::geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != nullptr ? found->pw_name
                                                                                                   : "";
}

struct Range {
    std::string start;
    std::string count;
};

/// The first "USER:START:COUNT" of this user, by name or number.
std::optional<Range> granted(const std::string& path)
{
    auto text = sys::read_file(path);
    if (!text)
        return std::nullopt;
    std::istringstream lines(*text);
    std::string name = user_name();
    for (std::string line; std::getline(lines, line);) {
        std::size_t first = line.find(':');
        std::size_t second = line.find(':', first + 1);
        if (first == line.npos || second == line.npos)
            continue;
        std::string user = line.substr(0, first);
        if ((!name.empty() && user == name) || user == std::to_string(::geteuid()))
            return Range{line.substr(first + 1, second - first - 1), line.substr(second + 1)};
    }
    return std::nullopt;
}

bool map_subordinate(int process)
{
    auto users = granted("/etc/subuid");
    auto groups = granted("/etc/subgid");
    if (!users || !groups)
        return false;
    auto map = [&](const char* program, unsigned own, const Range& range) {
        sys::Command command;
        command.argv = {program, std::to_string(process), "0", std::to_string(own), "1", "1", range.start, range.count};
        auto done = sys::run(command);
        return done && done->status == 0;
    };
    return map("newuidmap", ::geteuid(), *users) && map("newgidmap", ::getegid(), *groups);
}

} // namespace

Result<bool> map_ids(int process)
{
    if (::geteuid() == 0) {
        ALBS_TRY(std::string users, identity("uid_map"));
        ALBS_TRY(std::string groups, identity("gid_map"));
        ALBS_CHECK(write_map(process, "uid_map", users));
        ALBS_CHECK(write_map(process, "gid_map", groups));
        return users != "0 0 1\n";
    }
    if (map_subordinate(process))
        return true;
    ALBS_CHECK(write_map(process, "uid_map", "0 " + std::to_string(::geteuid()) + " 1\n"));
    ALBS_CHECK(write_map(process, "setgroups", "deny"));
    ALBS_CHECK(write_map(process, "gid_map", "0 " + std::to_string(::getegid()) + " 1\n"));
    return false;
}

} // namespace albs::sandbox
