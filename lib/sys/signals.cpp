// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/signals.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "sys/make_jobs.hpp"
#include "sys/shown_lines.hpp"
#include "sys/temporary_registry.hpp"
#include "sys/terminal.hpp"

namespace albs::sys {
namespace {

struct Children {
    std::mutex mutex;
    std::map<pid_t, std::int64_t> groups; ///< and how long each has to end by itself, in ms
};

Children& children()
{
    static auto* only = new Children;
    return *only;
}

struct Holds {
    std::mutex mutex;
    std::condition_variable changed;
    int count = 0;
    bool closed = false; ///< for good: a signal came
};

Holds& holds()
{
    static auto* only = new Holds;
    return *only;
}

/// No hold is given after this.
void wait_for_holds()
{
    std::unique_lock guard(holds().mutex);
    holds().closed = true;
    holds().changed.wait_for(guard, std::chrono::seconds(5), [] { return holds().count == 0; });
}

/// INT, TERM and HUP but for those that were ignored when we were started (nohup): they stay so, as the shell meant it.
sigset_t ending_signals()
{
    sigset_t set;
    sigemptyset(&set);
    for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction old {};
        if (sigaction(signal, nullptr, &old) != 0 || old.sa_handler != SIG_IGN)
            sigaddset(&set, signal);
    }
    return set;
}

/// The leader of a group is a child of ours; true once it is dead (and still to be reaped by who started it).
bool is_dead(pid_t group)
{
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(group), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
}

void wait_until_dead(pid_t group, std::int64_t ms)
{
    for (std::int64_t tries = 0; tries < ms / 10 && !is_dead(group); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void end_children(const std::map<pid_t, std::int64_t>& groups)
{
    for (auto [group, grace_ms] : groups)
        (void)::kill(-group, grace_ms > 0 ? SIGTERM : SIGKILL);
    const auto start = std::chrono::steady_clock::now();
    for (auto [group, grace_ms] : groups) { // which all end at the same time
        const auto spent = std::chrono::steady_clock::now() - start;
        wait_until_dead(group, grace_ms - std::chrono::duration_cast<std::chrono::milliseconds>(spent).count());
        (void)::kill(-group, SIGKILL); // and what it left in its group
    }
    for (auto [group, grace_ms] : groups)
        wait_until_dead(group, 1000);
}

[[noreturn]] void wait_for_signal(sigset_t set)
{
    int signal = 0;
    while (sigwait(&set, &signal) != 0) {
    }
    remove_lines_for_good();
    children().mutex.lock(); // for good: no child may be started after this
    wait_for_holds();
    end_children(children().groups);
    give_back_make_jobs();
    remove_registered_temporaries();
    restore_terminal();
    die_of(signal);
}

} // namespace

void watch_signals()
{
    // With SIGCHLD ignored, as some parents leave it, the kernel would throw away how our children ended.
    (void)std::signal(SIGCHLD, SIG_DFL);
    sigset_t set = ending_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread(wait_for_signal, set).detach();
}

pid_t start_child(const std::function<pid_t()>& start, std::int64_t grace_ms)
{
    std::lock_guard guard(children().mutex);
    pid_t child = start();
    if (child > 0)
        children().groups.emplace(child, grace_ms);
    return child;
}

void forget_child(pid_t group)
{
    std::lock_guard guard(children().mutex);
    children().groups.erase(group);
}

SignalHold::SignalHold()
{
    std::unique_lock guard(holds().mutex);
    holds().changed.wait(guard, [] { return !holds().closed; });
    ++holds().count;
}

SignalHold::~SignalHold()
{
    std::lock_guard guard(holds().mutex);
    --holds().count;
    holds().changed.notify_all();
}

void die_of(int signal)
{
    struct rlimit none {
        0, 0
    };
    (void)setrlimit(RLIMIT_CORE, &none);
    struct sigaction action {};
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
