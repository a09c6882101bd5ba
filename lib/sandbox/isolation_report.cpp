// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/isolation_report.hpp"

#include <algorithm>
#include <map>
#include <unistd.h>

#include "sandbox/bwrap_arguments.hpp"
#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

constexpr const char* program = R"(umask 022
{
readlink /proc/self/ns/user /proc/self/ns/mnt /proc/self/ns/pid /proc/self/ns/net /proc/self/ns/ipc /proc/self/ns/uts
cat /proc/self/status /proc/self/uid_map /proc/net/dev /proc/self/mounts /proc/sys/kernel/hostname
nested=; read -r nested </proc/sys/user/max_user_namespaces; echo "nested $nested"
if true 2>/dev/null >/.albs-probe; then echo "writable root"; rm -f /.albs-probe; fi
if true 2>/dev/null >/usr/.albs-probe; then echo "writable usr"; rm -f /usr/.albs-probe; fi
case $0 in *-foreign*) echo machine $(uname -m) ;; esac
echo ready
} >&3
case $0 in *-limited)
read -r go <&4
echo 1000 2>/dev/null >/proc/self/oom_score_adj
{
read -r value </proc/self/oom_score_adj && echo "limit oom $value"
while read -r a b c d e; do case "$a $b" in
"Max processes") echo "limit nproc $c" ;;
"Max address") echo "limit as $d" ;;
esac done </proc/self/limits
for group in "5 memory.limit_in_bytes memory" "5 memory.max memory" "6 pids.max processes"; do
    set -- $group "$@"
    if read -r value 2>/dev/null </proc/self/fd/$1/$2; then
        while read -r process; do
            if [ "$process" = $$ ]; then echo "limit $3 $value"; fi
        done </proc/self/fd/$1/cgroup.procs
    fi 2>/dev/null
    shift 3
done
} >&3
exec 4<&- 5<&- 6<&-
esac
exec 3>&- 7<&-
exec "$@"
)";

struct Report {
    std::map<std::string, std::string> namespaces; ///< "net" -> "net:[4026531840]"
    std::map<std::string, std::string> status;     ///< "NoNewPrivs" -> "1"
    std::int64_t mapped_ids = 0;
    std::int64_t interfaces = 0; ///< but the loopback
    std::string host_name;
    std::string machine; ///< in words of uname(2); only where programs are of another architecture
    std::map<std::string, std::int64_t> limits; ///< "memory" -> bytes
    std::map<std::string, bool> mounts;         ///< "/proc/sys" -> true: it is read-only
    std::string nested; ///< how many user namespaces can be made; the first digit, since such a file is read once
    bool writable = false;
    bool ready = false;
};

std::vector<std::string_view> words(std::string_view line)
{
    std::vector<std::string_view> list;
    while (true) {
        std::size_t start = line.find_first_not_of(" \t");
        if (start == std::string_view::npos)
            return list;
        std::size_t end = std::min(line.find_first_of(" \t", start), line.size());
        list.push_back(line.substr(start, end - start));
        line.remove_prefix(end);
    }
}

void read_line(Report& report, std::string_view line)
{
    std::vector<std::string_view> part = words(line);
    if (part.empty())
        return;
    std::string first(part[0]);
    bool digits = std::all_of(first.begin(), first.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool is_mount = part.size() == 6 && part[1].starts_with('/') && part[4] == "0" && part[5] == "0";
    if (is_mount)
        report.mounts[std::string(part[1])] = part[3] == "ro" || part[3].starts_with("ro,");
    else if (first == "limit") {
        if (part.size() == 3 && part[2].find_first_not_of("0123456789") == part[2].npos)
            report.limits[std::string(part[1])] = std::strtoll(std::string(part[2]).c_str(), nullptr, 10);
    } else if (first == "machine")
        report.machine = part.size() > 1 ? std::string(part[1]) : "";
    else if (first == "nested")
        report.nested = part.size() > 1 ? std::string(part[1]) : "";
    else if (first == "ready")
        report.ready = true;
    else if (first == "writable")
        report.writable = true;
    else if (std::size_t bracket = first.find(":["); bracket != std::string::npos)
        report.namespaces[first.substr(0, bracket)] = first;
    else if (part.size() == 3 && digits)
        report.mapped_ids += std::strtoll(std::string(part[2]).c_str(), nullptr, 10);
    else if (part.size() > 10 && first.back() == ':' && part[1].find_first_not_of("0123456789") == part[1].npos)
        report.interfaces += first == "lo:" ? 0 : 1;
    else if (first.back() == ':' && first.size() > 1)
        report.status[first.substr(0, first.size() - 1)] = part.size() > 1 ? std::string(part[1]) : "";
    else if (part.size() == 1)
        report.host_name = first;
}

Report read_report(std::string_view text)
{
    Report report;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        read_line(report, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return report;
}

/// The inside has a namespace of that kind that is not ours.
bool apart(const Report& report, const std::string& kind)
{
    char link[128];
    ssize_t length = ::readlink(("/proc/self/ns/" + kind).c_str(), link, sizeof link);
    auto inside = report.namespaces.find(kind);
    return length > 0 && inside != report.namespaces.end() &&
           inside->second != std::string_view(link, static_cast<std::size_t>(length));
}

std::string value_of(const Report& report, const char* key)
{
    auto found = report.status.find(key);
    return found == report.status.end() ? "" : found->second;
}

/// All that it has or can take; with no_new_privileges what it may inherit is nothing.
std::uint64_t capabilities(const Report& report)
{
    std::uint64_t all = 0;
    for (const char* set : {"CapPrm", "CapEff", "CapAmb"})
        all |= std::strtoull(value_of(report, set).c_str(), nullptr, 16);
    return all;
}

std::uint64_t allowed_capabilities(const Job& job)
{
    std::uint64_t bits = 0;
    if (job.user == User::installer)
        for (const Capability& capability : of_installing)
            bits |= std::uint64_t{1} << capability.number;
    return bits;
}

/// As this machine has them, so that what is absent inside can only be covered.
bool has_read_only_settings(const Report& report)
{
    return std::all_of(std::begin(kernel_settings), std::end(kernel_settings), [&](const char* path) {
        auto found = report.mounts.find(path);
        return found == report.mounts.end() ? !sys::exists(path) : found->second;
    });
}

} // namespace

std::vector<std::string> observer(bool waits, const Emulation& emulation)
{
    bool is_foreign = !emulation.personality.empty() || !emulation.emulator.empty();
    return {"/bin/sh", "-c", program,
            std::string("albs-sandbox") + (is_foreign ? "-foreign" : "") + (waits ? "-limited" : "")};
}

std::string pid_namespace_in(std::string_view text)
{
    if (text.find("\nready\n") == text.npos)
        return "";
    Report report = read_report(text);
    return report.namespaces["pid"];
}

namespace {

/// One limit by the first of these names that is in force: {"bytes": …, "of": "job"}.
Result<Json> limit(const Report& report, const char* what, const char* together, const char* each, std::int64_t wanted,
                   bool needed)
{
    for (const char* name : {together, each})
        // A control group rounds to pages.
        if (auto found = report.limits.find(name); found != report.limits.end() && found->second <= wanted)
            return Json::object({{"most", found->second}, {"of", name == together ? "job" : each}});
    if (needed)
        return fail(Kind::environment,
                    std::string("the sandbox has no limit of ") + what + " although it asked for one");
    return Json();
}

/// Everything that has to be as the job wants it.
Result<Json> isolation_of(const Report& report, const Job& job, const UserNamespace& users)
{
    bool network = !apart(report, "net") || report.interfaces > 0;
    struct Observation {
        const char* name;
        bool is_true;
    };
    auto user = report.namespaces.find("user");
    const Observation wanted[] = {
        {"user_namespace", apart(report, "user") && user->second == users.name},
        {"mount_namespace", apart(report, "mnt")},
        {"pid_namespace", apart(report, "pid")},
        {"ipc_namespace", apart(report, "ipc")},
        {"uts_namespace", apart(report, "uts")},
        {"no_new_privileges", value_of(report, "NoNewPrivs") == "1"},
        {"read_only_root", !report.writable},
        {"read_only_proc", has_read_only_settings(report)},
    };
    Json isolation = Json::object({{"sandbox", "bubblewrap"}, {"network", network}});
    for (const Observation& one : wanted) {
        bool is_wanted = std::string_view(one.name) != "read_only_root" || job.view == nullptr ||
                         job.user == User::mockbuild;
        if (!one.is_true && is_wanted)
            return fail(Kind::environment,
                        "the sandbox has no " + std::string(one.name) + " although it asked for it");
        isolation.set(one.name, one.is_true);
    }
    const Observation unwanted[] = {
        {"network", network && !job.network},
        {"capabilities", (capabilities(report) & ~allowed_capabilities(job)) != 0},
        {"nested_user_namespaces", report.nested != "0"},
        {"machine_root", users.has_our_root},
    };
    for (const Observation& one : unwanted)
        if (one.is_true)
            return fail(Kind::environment, "the sandbox has " + std::string(one.name) + " although it asked for none");
    isolation.set("capabilities", capabilities(report) != 0);
    isolation.set("nested_user_namespaces", false);
    isolation.set("machine_root", false);
    return isolation;
}

/// What the processes of the job may use together.
Result<Json> limits_of(const Report& report, const Limits& asked)
{
    Json limits = Json::object();
    ALBS_TRY(Json memory, limit(report, "memory", "memory", "as", asked.memory_bytes, asked.memory_of_each));
    ALBS_TRY(Json processes, limit(report, "processes", "processes", "nproc", asked.processes, asked.processes > 0));
    limits.set("memory", std::move(memory));
    limits.set("processes", std::move(processes));
    auto score = report.limits.find("oom");
    limits.set("oom_score_adj", score == report.limits.end() ? std::int64_t{0} : score->second);
    limits.set("disk", asked.disk_bytes > 0 ? Json(asked.disk_bytes) : Json());
    return limits;
}

} // namespace

Result<Json> observed(std::string_view text, const Job& job, const UserNamespace& users)
{
    Report report = read_report(text);
    if (!report.ready)
        return fail(Kind::environment, "the sandbox could not be set up");
    ALBS_TRY(Json isolation, isolation_of(report, job, users));
    isolation.set("user", job.user == User::mockbuild ? "mockbuild" : "root");
    isolation.set("mapped_ids", report.mapped_ids);
    isolation.set("host_name", report.host_name);
    if (!report.machine.empty()) {
        isolation.set("machine", report.machine);
        isolation.set("emulator", job.emulation.emulator.empty() ? Json() : Json(job.emulation.emulator));
    }
    const Limits& asked = job.limits;
    if (asked.memory_bytes > 0 || asked.processes > 0 || asked.disk_bytes > 0) {
        ALBS_TRY(Json limits, limits_of(report, asked));
        isolation.set("limits", std::move(limits));
    }
    return isolation;
}

} // namespace albs::sandbox
