// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/background.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <sys/wait.h>
#include <thread>

#include "sys/fd.hpp"
#include "sys/spawn.hpp"

namespace albs::sys {

/// The thread starts the program and waits for it: the kernel ends a program with the thread that made it. So a signal
/// need not kill it, and must not: a thread of ours may be talking to it, in a library that does not bear its end.
struct Background::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<pid_t> child; ///< or -errno; none: not started yet
    bool ended = false;
    std::thread thread;

    void attend(const Spawn& plan)
    {
        pid_t started = spawn(plan);
        {
            std::lock_guard guard(mutex);
            child = started;
            ended = started <= 0;
            changed.notify_all();
        }
        if (started <= 0)
            return;
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(started), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
        }
        (void)::kill(-started, SIGKILL); // what it left in its group
        std::lock_guard guard(mutex); // nobody sends a signal to a pid that is free
        while (::waitpid(started, nullptr, 0) < 0 && errno == EINTR) {
        }
        ended = true;
        changed.notify_all();
    }

    ~State()
    {
        std::unique_lock guard(mutex);
        for (int signal : {SIGTERM, SIGKILL}) {
            if (!ended && child.value_or(0) > 0)
                (void)::kill(-*child, signal);
            changed.wait_for(guard, std::chrono::milliseconds(500), [this] { return ended; });
        }
        guard.unlock();
        if (thread.joinable())
            thread.join();
    }
};

Background::Background(std::unique_ptr<State> state) : state_(std::move(state)) {}
Background::Background(Background&&) noexcept = default;
Background& Background::operator=(Background&&) noexcept = default;
Background::~Background() = default;

Result<Background> Background::start(const Command& command)
{
    Spawn plan;
    ALBS_TRY(plan.program, find_program(command.argv.at(0)));
    Fd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!nothing)
        return system_error("cannot open", "/dev/null");
    plan.argv = command.argv;
    plan.ignores_pipe = true;
    plan.environment = command.environment.empty() ? clean_environment() : command.environment;
    for (int stream : {0, 1, 2})
        plan.fds.emplace_back(nothing.get(), stream);
    std::vector<Fd> parked;
    for (auto [ours, theirs] : command.pass_fds) {
        parked.emplace_back(::fcntl(ours, F_DUPFD_CLOEXEC, 100));
        if (!parked.back())
            return system_error("cannot pass", "descriptor");
        plan.fds.emplace_back(parked.back().get(), theirs);
    }
    auto state = std::make_unique<State>();
    state->thread = std::thread([&plan, &state = *state] { state.attend(plan); });
    std::unique_lock guard(state->mutex);
    state->changed.wait(guard, [&] { return state->child.has_value(); });
    pid_t child = *state->child;
    guard.unlock();
    if (child <= 0)
        return system_error("cannot run", plan.program, -child);
    return Background(std::move(state));
}

} // namespace albs::sys
