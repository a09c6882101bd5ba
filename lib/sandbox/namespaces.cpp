// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/namespaces.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "sandbox/id_map.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::sandbox {
namespace {

constexpr int user_of_builds = 1000;

struct Plan {
    const std::vector<Step>& steps; ///< its texts are made before the process is, which may call nothing but the kernel
    int hold = -1;                  ///< read end: a byte says that ids are mapped, the end says that it is over
    int report = -1;                ///< one Outcome is written here
};

struct Outcome {
    int phase = 0; ///< 0: fine; else an index of phases
    int error = 0;
    std::size_t step = 0; ///< which, if phase is step_failed
};
constexpr const char* phases[] = {"", "closing descriptors", "waiting for ids", "making mounts private"};
constexpr int step_failed = 4;

/// The kernel takes a line in one write.
int write_line(const char* path, const std::string& line)
{
    int file = ::open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return -1;
    bool is_written = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    int error = errno;
    ::close(file);
    errno = error;
    return is_written ? 0 : -1;
}

int perform(const Step& step)
{
    const char* path = step.path.c_str();
    switch (step.what) {
    case Step::What::memory: return ::mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755");
    case Step::What::directory: return ::mkdir(path, 0755);
    case Step::What::bind: return ::mount(step.detail.c_str(), path, nullptr, MS_BIND | MS_REC, nullptr);
    case Step::What::overlay: return ::mount("overlay", path, "overlay", MS_NOSUID | MS_NODEV, step.detail.c_str());
    case Step::What::give: return ::lchown(path, user_of_builds, user_of_builds);
    case Step::What::emulators:
        return ::mount("binfmt_misc", path, "binfmt_misc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
    case Step::What::emulator: return write_line(path, step.detail);
    }
    return -1;
}

std::string name_of(const Step& step)
{
    switch (step.what) {
    case Step::What::memory: return "mounting memory";
    case Step::What::directory: return "making directories";
    case Step::What::bind: return "mounting the root";
    case Step::What::overlay: return "mounting an overlay";
    case Step::What::give: return "giving a directory to the user of builds";
    case Step::What::emulators: return "mounting binfmt_misc";
    case Step::What::emulator: return "registering an emulator";
    }
    return "";
}

Outcome set_up(const Plan& plan)
{
    char go = 0;
    int low = std::min(plan.hold, plan.report);
    int high = std::max(plan.hold, plan.report);
    // Other threads' pipes are open here too: held any longer, their readers would never see the end.
    auto close_from_to = [](int first, int last) {
        return first > last || ::syscall(SYS_close_range, first, last, 0) == 0;
    };
    if (!close_from_to(0, low - 1) || !close_from_to(low + 1, high - 1) || !close_from_to(high + 1, ~0U >> 1))
        return {1, errno, 0};
    if (::read(plan.hold, &go, 1) != 1)
        return {2, errno, 0};
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return {3, errno, 0};
    ::umask(0022);
    for (std::size_t i = 0; i < plan.steps.size(); ++i)
        if (perform(plan.steps[i]) != 0)
            return {step_failed, errno, i};
    return {};
}

[[noreturn]] void hold_namespaces(const Plan& plan)
{
    Outcome outcome = set_up(plan);
    char end = 0;
    if (::write(plan.report, &outcome, sizeof outcome) == sizeof outcome && outcome.phase == 0)
        while (::read(plan.hold, &end, 1) > 0 || errno == EINTR)
            errno = 0;
    ::_exit(0);
}

struct Ends {
    sys::Fd read;
    sys::Fd write;
};

Result<Ends> make_pipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return sys::system_error("cannot make", "pipe");
    return Ends{sys::Fd(ends[0]), sys::Fd(ends[1])};
}

tl::unexpected<Error> refused(const std::string& what, int number)
{
    auto error = sys::system_error("cannot make a view of the machine: " + what, "namespaces", number);
    error.value().hint = "run 'unshare --user --mount true' to see whether user namespaces are allowed here";
    return error;
}

tl::unexpected<Error> refused(const Step& step, int number)
{
    auto error = refused(name_of(step), number);
    // Before Linux 6.7 only the machine as a whole had emulators, which root registers.
    if (step.what == Step::What::emulators || step.what == Step::What::emulator)
        error.value().hint =
            "run 'modprobe binfmt_misc' as root on Linux 6.7 or later, 'systemctl restart systemd-binfmt' before";
    return error;
}

} // namespace

Namespaces::Namespaces(Namespaces&& other) noexcept
    : process_(std::exchange(other.process_, -1)), hold_(std::move(other.hold_)), many_ids_(other.many_ids_)
{
}

Namespaces::~Namespaces()
{
    hold_ = sys::Fd();
    if (process_ > 0)
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
}

Result<Namespaces> Namespaces::make(const std::vector<Step>& steps)
{
    ALBS_TRY(Ends hold, make_pipe());
    ALBS_TRY(Ends report, make_pipe());
    Plan plan{steps, hold.read.get(), report.write.get()};
    // As fork, into new namespaces. glibc has no call for that; nothing but system calls is made in the new process.
    long process = ::syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (process == 0)
        hold_namespaces(plan);
    if (process < 0)
        return refused("making user and mount namespaces", errno);
    report.write = sys::Fd();
    Namespaces made(static_cast<int>(process), std::move(hold.write));
    ALBS_TRY(made.many_ids_, map_ids(made.process_));
    ALBS_CHECK(sys::write_all(made.hold_.get(), "g", "pipe"));
    Outcome outcome;
    if (::read(report.read.get(), &outcome, sizeof outcome) != sizeof outcome)
        return refused("the process that holds it ended", ECHILD);
    if (outcome.phase == step_failed)
        return refused(steps[outcome.step], outcome.error);
    if (outcome.phase != 0)
        return refused(phases[outcome.phase], outcome.error);
    return made;
}

std::vector<std::string> Namespaces::enter() const
{
    std::string namespaces = "/proc/" + std::to_string(process_) + "/ns/";
    // Already root there, by the map; other groups cannot be dropped where only one id is mapped.
    return {"nsenter", "--preserve-credentials", "--user=" + namespaces + "user", "--mount=" + namespaces + "mnt",
            "--"};
}

} // namespace albs::sandbox
