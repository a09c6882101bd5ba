// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/abandoned_processes.hpp"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <string_view>
#include <unistd.h>

#include "sys/file.hpp"

namespace albs::sys {
namespace {

/// The process of /proc/NAME; 0: that is none.
pid_t process_of(const std::string& name)
{
    pid_t process = 0;
    auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), process);
    return problem == std::errc() && end == name.data() + name.size() ? process : 0;
}

/// An argument is the directory, or a path below it. The arguments end with NUL each (proc(5)).
bool names(std::string_view arguments, const std::string& directory)
{
    for (std::size_t at = arguments.find(directory); at != arguments.npos; at = arguments.find(directory, at + 1)) {
        const bool begins = at == 0 || arguments[at - 1] == '\0';
        const char next = at + directory.size() < arguments.size() ? arguments[at + directory.size()] : '\0';
        if (begins && (next == '\0' || next == '/'))
            return true;
    }
    return false;
}

} // namespace

void kill_processes_of(const std::string& directory)
{
    std::error_code code;
    std::filesystem::directory_iterator it("/proc", code);
    for (; !code && it != std::filesystem::directory_iterator(); it.increment(code)) {
        const pid_t process = process_of(it->path().filename().string());
        if (process <= 1 || process == ::getpid())
            continue;
        auto arguments = read_file(it->path().string() + "/cmdline");
        if (arguments && names(*arguments, directory))
            (void)::kill(process, SIGKILL); // refused where it is another user's
    }
}

} // namespace albs::sys
