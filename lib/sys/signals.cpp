// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/signals.hpp"

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <set>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include "sys/temporary_registry.hpp"

namespace albs::sys {
namespace {

struct Children {
    std::mutex mutex;
    std::set<pid_t> groups;
};

Children& children()
{
    static auto* only = new Children;
    return *only;
}

sigset_t ending_signals()
{
    sigset_t set;
    sigemptyset(&set);
    for (int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

[[noreturn]] void wait_for_signal()
{
    sigset_t set = ending_signals();
    int signal = 0;
    while (sigwait(&set, &signal) != 0) {
    }
    children().mutex.lock(); // for good: no child may be started after this
    for (pid_t group : children().groups)
        (void)::kill(-group, SIGKILL);
    remove_registered_temporaries();
    die_of(signal);
}

} // namespace

void watch_signals()
{
    // A signal that was ignored when we were started (nohup) stays ignored, as the shell meant it.
    sigset_t set = ending_signals();
    for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction old{};
        if (sigaction(signal, nullptr, &old) == 0 && old.sa_handler == SIG_IGN)
            sigdelset(&set, signal);
    }
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread(wait_for_signal).detach();
}

pid_t start_child(const std::function<pid_t()>& start)
{
    std::lock_guard guard(children().mutex);
    pid_t child = start();
    if (child > 0)
        children().groups.insert(child);
    return child;
}

void forget_child(pid_t group)
{
    std::lock_guard guard(children().mutex);
    children().groups.erase(group);
}

void die_of(int signal)
{
    struct rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    struct sigaction action{};
    action.sa_handler = SIG_DFL;
    (void)sigaction(signal, &action, nullptr);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    (void)::kill(::getpid(), signal);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    std::_Exit(128 + signal);
}

} // namespace albs::sys
