// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/spawn.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace albs::sys {
namespace {

/// The same for the kernel.
struct ExecPlan {
    const char* program;
    std::vector<char*> argv;
    std::vector<char*> environment;
    const char* directory; ///< null: ours
    const std::vector<std::pair<int, int>>& fds;
    int end_signal;
    bool ignores_pipe;
    pid_t parent;
};

std::vector<char*> pointers(const std::vector<std::string>& strings)
{
    std::vector<char*> list;
    for (const std::string& text : strings)
        list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

/// In the child, which has our memory: nothing but system calls. Returns when one of them failed.
void become(const ExecPlan& plan)
{
    for (int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        action.sa_handler = signal == SIGPIPE && plan.ignores_pipe ? SIG_IGN : SIG_DFL;
        (void)::sigaction(signal, &action, nullptr);
    }
    if (::setpgid(0, 0) != 0 || ::prctl(PR_SET_PDEATHSIG, plan.end_signal, 0, 0, 0) != 0)
        return;
    if (::getppid() != plan.parent) // dead before it was asked for
        ::_exit(127);
    for (auto [ours, theirs] : plan.fds)
        if (ours == theirs ? ::fcntl(ours, F_SETFD, 0) != 0 : ::dup2(ours, theirs) < 0)
            return;
    if (plan.directory != nullptr && ::chdir(plan.directory) != 0)
        return;
    sigset_t none;
    sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(plan.program, plan.argv.data(), plan.environment.data());
}

/// vfork(2) stops this thread until the child has its program: they share the memory.
[[gnu::noinline]] pid_t start(const ExecPlan& plan)
{
    volatile int problem = 0;
    pid_t child = ::vfork();
    if (child == 0) {
        become(plan); // NOLINT(clang-analyzer-unix.Vfork): system calls only
        problem = errno;
        ::_exit(127);
    }
    if (child < 0)
        return -errno;
    if (problem == 0)
        return child;
    (void)::waitpid(child, nullptr, 0);
    return -problem;
}

} // namespace

pid_t spawn(const Spawn& plan)
{
    ExecPlan exec{plan.program.c_str(),
                  pointers(plan.argv),
                  pointers(plan.environment),
                  plan.directory.empty() ? nullptr : plan.directory.c_str(),
                  plan.fds,
                  plan.end_signal,
                  plan.ignores_pipe,
                  ::getpid()};
    // No handler of ours may run in the child.
    sigset_t all;
    sigset_t old;
    sigfillset(&all);
    (void)::pthread_sigmask(SIG_SETMASK, &all, &old);
    pid_t child = start(exec);
    (void)::pthread_sigmask(SIG_SETMASK, &old, nullptr);
    return child;
}

} // namespace albs::sys
