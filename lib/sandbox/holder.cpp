// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/holder.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "sys/file.hpp"
#include "sys/pipe.hpp"

namespace albs::sandbox {
namespace {

enum class Phase { descriptors, ids, root, steps, entering, steps_below };

/// What a process says of itself, in one write.
struct Outcome {
    Phase phase = Phase::descriptors;
    StepOutcome steps; ///< error 0: all is done
};

const char* name_of(Phase phase)
{
    switch (phase) {
    case Phase::descriptors: return "closing descriptors";
    case Phase::ids: return "waiting for ids";
    case Phase::root: return "becoming root";
    case Phase::entering: return "entering one";
    default: return "";
    }
}

/// Those of libc would tell the threads of the process that this one was forked from. A process that became another
/// user may not write to /proc/self unless it says that it has no secrets.
bool become_root()
{
    return ::syscall(SYS_setgroups, 0, nullptr) == 0 && ::syscall(SYS_setresgid, 0, 0, 0) == 0 &&
           ::syscall(SYS_setresuid, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0;
}

Outcome set_up(const HolderPlan& plan, int hold, int report)
{
    char go = 0;
    int low = std::min(hold, report);
    int high = std::max(hold, report);
    // Other threads' pipes are open here too: held any longer, their readers would never see the end.
    auto close_from_to = [](int first, int last) {
        return first > last || ::syscall(SYS_close_range, first, last, 0) == 0;
    };
    if (!close_from_to(0, low - 1) || !close_from_to(low + 1, high - 1) || !close_from_to(high + 1, ~0U >> 1))
        return {Phase::descriptors, {errno, 0}};
    if (::read(hold, &go, 1) != 1)
        return {Phase::ids, {errno, 0}};
    if (plan.becomes_root && !become_root())
        return {Phase::root, {errno, 0}};
    ::umask(0022);
    if (StepOutcome outcome = perform(plan.steps); outcome.error != 0)
        return {Phase::steps, outcome};
    if (!plan.steps_below.empty() && ::unshare(CLONE_NEWUSER) != 0)
        return {Phase::entering, {errno, 0}};
    return {Phase::steps_below, perform(plan.steps_below)};
}

[[noreturn]] void hold_namespaces(const HolderPlan& plan, int hold, int report)
{
    Outcome outcome = set_up(plan, hold, report);
    char end = 0;
    if (::write(report, &outcome, sizeof outcome) == sizeof outcome && outcome.steps.error == 0)
        while (::read(hold, &end, 1) > 0 || errno == EINTR)
            errno = 0;
    ::_exit(0);
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
    if (step.what == Step::What::emulators || step.path.ends_with("/register"))
        error.value().hint =
            "run 'modprobe binfmt_misc' as root on Linux 6.7 or later, 'systemctl restart systemd-binfmt' before";
    return error;
}

Status outcome_from(const sys::Fd& report, const std::vector<Step>& steps, const std::vector<Step>& steps_below)
{
    Outcome outcome;
    if (::read(report.get(), &outcome, sizeof outcome) != sizeof outcome)
        return refused("a process ended", ECHILD);
    if (outcome.steps.error == 0)
        return {};
    if (outcome.phase == Phase::steps || outcome.phase == Phase::steps_below)
        return refused((outcome.phase == Phase::steps ? steps : steps_below)[outcome.steps.step], outcome.steps.error);
    return refused(name_of(outcome.phase), outcome.steps.error);
}

void wait_for(int process)
{
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

} // namespace

Holder::Holder(HolderPlan plan, int process, sys::Fd hold, sys::Fd report)
    : plan_(std::move(plan)), process_(process), hold_(std::move(hold)), report_(std::move(report))
{
}

Holder::Holder(Holder&& other) noexcept
    : plan_(std::move(other.plan_)), process_(std::exchange(other.process_, -1)), hold_(std::move(other.hold_)),
      report_(std::move(other.report_))
{
}

Holder::~Holder()
{
    hold_ = sys::Fd();
    if (process_ > 0)
        wait_for(process_);
}

Result<Holder> Holder::start(HolderPlan plan)
{
    ALBS_TRY(sys::Pipe hold, sys::make_pipe());
    ALBS_TRY(sys::Pipe report, sys::make_pipe());
    // As fork, into new namespaces. glibc has no call for that; nothing but system calls is made in the new process.
    long process = ::syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (process == 0)
        hold_namespaces(plan, hold.read.get(), report.write.get());
    if (process < 0)
        return refused("making user and mount namespaces", errno);
    return Holder(std::move(plan), static_cast<int>(process), std::move(hold.write), std::move(report.read));
}

Status Holder::go_on()
{
    ALBS_CHECK(sys::write_all(hold_.get(), "g", "pipe"));
    return outcome_from(report_, plan_.steps, plan_.steps_below);
}

Status perform_in(const sys::Fd& mount_namespace, const std::vector<Step>& steps)
{
    ALBS_TRY(sys::Pipe report, sys::make_pipe());
    long process = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (process == 0) {
        ::umask(0022);
        Outcome outcome{Phase::entering, {}};
        if (::setns(mount_namespace.get(), CLONE_NEWNS) != 0)
            outcome.steps.error = errno;
        else
            outcome = {Phase::steps, perform(steps)};
        ::_exit(::write(report.write.get(), &outcome, sizeof outcome) == sizeof outcome ? 0 : 1);
    }
    if (process < 0)
        return refused("making a process", errno);
    report.write = sys::Fd();
    Status done = outcome_from(report.read, steps, {});
    wait_for(static_cast<int>(process));
    return done;
}

} // namespace albs::sandbox
