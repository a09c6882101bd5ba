// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.hpp"

#include <algorithm>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

#include "sandbox/bwrap_arguments.hpp"
#include "sandbox/cgroup.hpp"
#include "sandbox/disk.hpp"
#include "sandbox/first_process.hpp"
#include "sandbox/isolation_report.hpp"
#include "sandbox/view.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/pipe.hpp"

namespace albs::sandbox {
namespace {

constexpr int report_descriptor = 3;
constexpr int gate_descriptor = 4;
constexpr int memory_descriptor = 5;
constexpr int processes_descriptor = 6;

/// Resource limits are set on bubblewrap itself and inherited by all that is inside. No core dumps, ever.
std::vector<std::string> limited(const Limits& limits, const ControlGroup& group)
{
    std::vector<std::string> words = {"prlimit", "--core=0"};
    if (limits.memory_bytes > 0 && limits.memory_of_each && !group.limits_memory())
        words.push_back("--as=" + std::to_string(limits.memory_bytes));
    if (limits.processes > 0 && !group.limits_processes())
        words.push_back("--nproc=" + std::to_string(limits.processes));
    if (limits.file_bytes > 0)
        words.push_back("--fsize=" + std::to_string(limits.file_bytes));
    return words;
}

/// The reason that bubblewrap or prlimit gave: its last line that starts with its name.
std::string complaint(std::string_view text)
{
    std::string last;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.substr(0, 7) == "bwrap: " || line.substr(0, 9) == "prlimit: ")
            last = line;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return last;
}

std::string what_was_said(const Job& job, const sys::ProcessResult& finished)
{
    if (job.log_file.empty())
        return complaint(finished.err);
    auto log = sys::read_file(job.log_file);
    return log ? complaint(*log) : "";
}

/// Takes the report to its end. Halfway the observer waits: by then nothing of the job has run, and the processes that
/// there are have to be in their group before it goes on.
std::string hear_observer(int reader, const sys::Fd& gate, const ControlGroup& group)
{
    std::string report;
    bool is_open = !gate;
    char buffer[8192];
    ssize_t count = 0;
    while ((count = ::read(reader, buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR)) {
        report.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (std::string space = is_open ? "" : pid_namespace_in(report); !space.empty()) {
            group.take_in(space);
            is_open = sys::write_bytes(gate.get(), "go\n") == 0;
        }
    }
    return report;
}

std::string in_mebibytes(std::int64_t bytes)
{
    return std::to_string(bytes >> 20) + " MiB";
}

std::string limit_met(const Limits& limits, const ControlGroup& group, const sys::ProcessResult& finished)
{
    if (finished.stopped)
        return "more than " + in_mebibytes(limits.disk_bytes) + " of disk";
    if (group.memory_kills() > 0)
        return "more than " + in_mebibytes(limits.memory_bytes) + " of memory";
    if (group.forks_refused() > 0)
        return "more than " + std::to_string(limits.processes) + " processes";
    return "";
}

/// The command line, but for who reads and writes what.
sys::Command command_of(const Job& job, const std::string& bubblewrap, const Namespaces& namespaces,
                        const BwrapArguments& arguments, const ControlGroup& group, DiskWatch& disk)
{
    sys::Command command;
    command.argv = namespaces.enter();
    if (!job.emulation.personality.empty())
        command.argv.insert(command.argv.end(), {"setarch", job.emulation.personality});
    bool waits = job.limits.memory_bytes > 0 || job.limits.processes > 0;
    std::vector<std::string> limits = limited(job.limits, group);
    command.argv.insert(command.argv.end(), limits.begin(), limits.end());
    command.argv.push_back(bubblewrap);
    for (const auto& part : {FirstProcess::arguments(), arguments.arguments(), becoming_user(job, namespaces),
                             observer(waits, job.emulation), job.argv})
        command.argv.insert(command.argv.end(), part.begin(), part.end());
    command.environment = inside_environment(job);
    command.output_file = job.log_file;
    command.timeout_ms = job.limits.timeout_ms;
    command.file_limit = static_cast<std::size_t>(job.limits.log_bytes);
    command.pass_fds = arguments.descriptors();
    if (group.memory_directory() >= 0)
        command.pass_fds.emplace_back(group.memory_directory(), memory_descriptor);
    if (group.processes_directory() >= 0)
        command.pass_fds.emplace_back(group.processes_directory(), processes_descriptor);
    if (namespaces.of_builds() >= 0)
        command.pass_fds.emplace_back(namespaces.of_builds(), builds_descriptor);
    if (job.limits.disk_bytes > 0 || job.measures_disk)
        command.may_go_on = [&disk] { return disk.holds(); };
    return command;
}

/// The directories of this machine that a job may write to.
std::vector<std::string> written_by(const Job& job)
{
    std::vector<std::string> written;
    for (const Mount& mount : job.mounts)
        if (mount.writable && !mount.is_of_namespaces && !mount.from.empty())
            written.push_back(mount.from);
    return written;
}

/// Where there is no control group, the kernel knows the processes that were waited for: not those that were killed.
Resources resources_of(const sys::ProcessResult& finished, const ControlGroup& group,
                       const std::optional<ProcessUse>& waited_for)
{
    Resources used;
    used.elapsed_ms = finished.duration_ms;
    used.cpu_ms = group.cpu_ms();
    used.memory_peak = group.memory_peak();
    if (!waited_for || finished.timed_out || finished.stopped || finished.output_exceeded || finished.status > 128)
        return used;
    if (!used.cpu_ms && waited_for->cpu_ms > 0)
        used.cpu_ms = waited_for->cpu_ms;
    used.process_peak = waited_for->largest_bytes;
    return used;
}

/// The caller's session keyring may hold secrets (tickets of Kerberos, keys of file systems), and whatever is started
/// inherits it. It belongs to a thread, so a thread is made that starts the job with an empty one. A kernel that
/// refuses the call refuses the job all others about keys.
Result<sys::ProcessResult> run_without_keys(const sys::Command& command)
{
    Result<sys::ProcessResult> finished = sys::ProcessResult{};
    std::thread starter([&] {
        ::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);
        finished = sys::run(command);
    });
    starter.join();
    return finished;
}

Result<JobResult> run_in(const Namespaces& namespaces, const Job& job)
{
    ALBS_TRY(std::string bubblewrap, sys::find_program("bwrap"));
    ALBS_TRY(sys::Pipe report, sys::make_pipe());
    ALBS_TRY(UserNamespace users, namespaces.users());
    ALBS_TRY(BwrapArguments arguments, BwrapArguments::of(job, namespaces));
    ControlGroup group = ControlGroup::make(job.limits.memory_bytes, job.limits.processes);
    DiskWatch disk(written_by(job), job.limits.disk_bytes, job.measures_disk);
    sys::Command command = command_of(job, bubblewrap, namespaces, arguments, group, disk);
    command.pass_fds.emplace_back(report.write.get(), report_descriptor);
    ALBS_TRY(FirstProcess first, FirstProcess::expect());
    command.pass_fds.push_back(first.descriptor());
    sys::Pipe gate;
    if (job.limits.memory_bytes > 0 || job.limits.processes > 0) {
        ALBS_TRY(gate, sys::make_pipe());
        command.pass_fds.emplace_back(gate.read.get(), gate_descriptor);
    }
    std::string heard;
    std::thread listener([&] { heard = hear_observer(report.read.get(), gate.write, group); });
    auto finished = run_without_keys(command);
    report.write = sys::Fd();
    listener.join();
    if (!finished)
        return tl::unexpected(std::move(finished).error());
    JobResult ended{*std::move(finished), "", {}, {}};
    ended.used = resources_of(ended.finished, group, first.wait());
    if (job.measures_disk)
        ended.used.disk_peak = disk.peak();
    ended.limit_met = limit_met(job.limits, group, ended.finished);
    auto isolation = observed(heard, job, users);
    if (!isolation) {
        std::string said = what_was_said(job, ended.finished);
        Error error = std::move(isolation).error();
        if (!said.empty())
            error.message += ": " + said;
        error.hint =
            said.ends_with("Exec format error")
                ? "this kernel runs no programs of the root's architecture; for i686 it has to have "
                  "CONFIG_IA32_EMULATION"
                : "run 'bwrap --unshare-user --ro-bind / / true' to see whether user namespaces are allowed here";
        return tl::unexpected<Error>(std::move(error));
    }
    ended.isolation = *std::move(isolation);
    return ended;
}

} // namespace

Result<JobResult> run(const Job& job)
{
    if (job.view != nullptr)
        return run_in(job.view->namespaces(), job);
    if (job.namespaces != nullptr)
        return run_in(*job.namespaces, job);
    ALBS_TRY(sys::TemporaryDirectory place, Namespaces::make_place());
    ALBS_TRY(Namespaces own,
             Namespaces::make(std::move(place), job.user == User::mockbuild ? Users::build : Users::many));
    return run_in(own, job);
}

} // namespace albs::sandbox
