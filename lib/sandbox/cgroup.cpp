// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/cgroup.hpp"

#include <chrono>
#include <fcntl.h>
#include <sstream>
#include <sys/random.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

constexpr std::string_view prefix = "albs-";

bool write_value(const std::string& path, const std::string& value)
{
    sys::Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    return file && ::write(file.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size());
}

bool has_word(const std::string& list, const std::string& word)
{
    return format_text(",{},", list).find(format_text(",{},", word)) != std::string::npos;
}

/// Our own group in the hierarchy of a controller, "memory" or "pids"; "" for version 2. Empty if there is none.
std::string own_group(const std::string& controller)
{
    auto groups = sys::read_file("/proc/self/cgroup");
    auto mounts = sys::read_file("/proc/self/mountinfo");
    if (!groups || !mounts)
        return "";
    std::string ours;
    std::istringstream lines(*groups); // "4:memory:/a/b", "0::/a/b"
    for (std::string line; std::getline(lines, line);) {
        std::size_t first = line.find(':');
        std::size_t second = line.find(':', first + 1);
        if (second == line.npos)
            continue;
        std::string list = line.substr(first + 1, second - first - 1);
        if (controller.empty() ? list.empty() : has_word(list, controller))
            ours = line.substr(second + 1);
    }
    if (ours.empty() || ours.find("/..") != ours.npos)
        return "";
    std::istringstream entries(*mounts); // "36 25 0:31 ROOT PLACE OPTIONS … - TYPE SOURCE OPTIONS"
    for (std::string line; std::getline(entries, line);) {
        std::istringstream words(line);
        std::string skip, root, place, type, source, options;
        words >> skip >> skip >> skip >> root >> place;
        while (words >> skip && skip != "-") {
        }
        words >> type >> source >> options;
        bool is_it = controller.empty() ? type == "cgroup2" : type == "cgroup" && has_word(options, controller);
        if (!is_it || (root != "/" && !ours.starts_with(root)))
            continue;
        return place + (root == "/" ? ours : ours.substr(root.size()));
    }
    return "";
}

std::string new_group_in(const std::string& parent)
{
    std::uint64_t random = 0;
    (void)::getrandom(&random, sizeof random, 0);
    std::string path = parent + (parent.ends_with('/') ? "" : "/") + std::string(prefix) + std::to_string(random);
    // Root inside, which is another, looks at its limits.
    return ::mkdir(path.c_str(), 0755) == 0 && ::chmod(path.c_str(), 0755) == 0 ? path : "";
}

/// Groups of runs that were killed are empty, and only such can be removed.
void remove_leftovers(const std::string& parent)
{
    auto names = sys::list_directory(parent);
    struct stat status {};
    if (names)
        for (const std::string& name : *names)
            if (name.starts_with(prefix) && ::stat((parent + "/" + name).c_str(), &status) == 0 &&
                ::time(nullptr) - status.st_mtime > 60)
                (void)::rmdir((parent + "/" + name).c_str());
}

/// The number behind a word in a file of "WORD NUMBER" lines.
std::int64_t number_in(const std::string& path, const std::string& word)
{
    auto text = sys::read_file(path);
    if (!text)
        return 0;
    std::istringstream words(*text);
    std::string key;
    std::int64_t number = 0;
    while (words >> key >> number)
        if (key == word)
            return number;
    return 0;
}

/// That of a file which has nothing else; 0 if there is no such file.
std::int64_t only_number_in(const std::string& path)
{
    std::int64_t number = 0;
    if (auto text = sys::read_file(path))
        std::istringstream(*text) >> number;
    return number;
}

} // namespace

ControlGroup::Group ControlGroup::make_group(const std::string& controller, const std::string& file_1,
                                             const std::string& file_2, std::int64_t value)
{
    Group group;
    auto settle = [&](const std::string& path, const std::string& file) {
        if (path.empty())
            return false;
        if (!write_value(path + "/" + file, std::to_string(value))) {
            (void)::rmdir(path.c_str());
            return false;
        }
        group.path = path;
        group.directory = sys::Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        return true;
    };
    std::string first = own_group(controller);
    if (!first.empty()) {
        remove_leftovers(first);
        if (settle(new_group_in(first), file_1))
            return group;
    }
    std::string second = own_group("");
    if (second.empty())
        return group;
    (void)write_value(second + "/cgroup.subtree_control", "+" + controller);
    remove_leftovers(second);
    if (settle(new_group_in(second), file_2) || ::geteuid() == 0)
        return group;
    std::string above = sys::directory_name(second);
    remove_leftovers(above);
    (void)settle(new_group_in(above), file_2);
    return group;
}

ControlGroup ControlGroup::make(std::int64_t memory_bytes, std::int64_t processes)
{
    ControlGroup made;
    if (memory_bytes > 0)
        made.memory_ = make_group("memory", "memory.limit_in_bytes", "memory.max", memory_bytes);
    // One group can limit both in version 2.
    if (processes > 0 && made.limits_memory() &&
        write_value(made.memory_.path + "/pids.max", std::to_string(processes))) {
        made.processes_.path = made.memory_.path;
        made.processes_.directory = sys::Fd(::open(made.memory_.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    } else if (processes > 0)
        made.processes_ = make_group("pids", "pids.max", "pids.max", processes);
    return made;
}

ControlGroup::~ControlGroup()
{
    for (Group* group : {&memory_, &processes_})
        for (int tries = 0; !group->path.empty() && tries < 200; ++tries) {
            if (::rmdir(group->path.c_str()) == 0 || errno == ENOENT)
                break;
            std::this_thread::sleep_for(std::chrono::milliseconds(5)); // the last process is still ending
        }
}

void ControlGroup::take_in(const std::string& pid_namespace) const
{
    auto processes = sys::list_directory("/proc");
    if (!processes)
        return;
    for (const std::string& process : *processes) {
        char link[128];
        ssize_t length = process.find_first_not_of("0123456789") != process.npos
                             ? -1
                             : ::readlink(("/proc/" + process + "/ns/pid").c_str(), link, sizeof link);
        if (length <= 0 || std::string_view(link, static_cast<std::size_t>(length)) != pid_namespace)
            continue;
        for (const Group* group : {&memory_, &processes_})
            if (!group->path.empty())
                (void)write_value(group->path + "/cgroup.procs", process);
    }
}

std::int64_t ControlGroup::memory_kills() const
{
    if (memory_.path.empty())
        return 0;
    return number_in(memory_.path + "/memory.oom_control", "oom_kill") +
           number_in(memory_.path + "/memory.events", "oom_kill");
}

std::int64_t ControlGroup::forks_refused() const
{
    return processes_.path.empty() ? 0 : number_in(processes_.path + "/pids.events", "max");
}

std::optional<std::int64_t> ControlGroup::cpu_ms() const
{
    // A group that limits processes alone is of version 2, too, where the other is not.
    for (const Group* group : {&memory_, &processes_})
        if (std::int64_t used = group->path.empty() ? 0 : number_in(group->path + "/cpu.stat", "usage_usec"); used > 0)
            return used / 1000;
    return std::nullopt;
}

std::optional<std::int64_t> ControlGroup::memory_peak() const
{
    // That of version 2 is there from Linux 5.19 on.
    for (const char* file : {"/memory.peak", "/memory.max_usage_in_bytes"})
        if (std::int64_t most = memory_.path.empty() ? 0 : only_number_in(memory_.path + file); most > 0)
            return most;
    return std::nullopt;
}

} // namespace albs::sandbox
