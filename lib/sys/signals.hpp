// SPDX-License-Identifier: GPL-3.0-or-later
// INT, TERM and HUP: kill the children, remove the temporaries, die of that very signal.
//
// The signals are blocked in every thread and taken by one that waits for them, so that cleaning up is ordinary code
// and not a handler's.
#pragma once
#include <cstdint>
#include <functional>
#include <sys/types.h>

namespace albs::sys {

/// Blocks the signals and starts the waiting thread. Once, before any other thread.
void watch_signals();
/// Starts a child (start returns its pid, which is its process group too, or a number below 1) so that a signal either
/// finds it registered, and kills its group, or finds it not started. With grace_ms the group gets TERM, and KILL after
/// so long.
pid_t start_child(const std::function<pid_t()>& start, std::int64_t grace_ms = 0);
void forget_child(pid_t group);

/// While one lives, a signal waits, at most five seconds: for libraries that start processes of their own, which shall
/// have ended before this program does. None may be made while the same thread has one.
class SignalHold {
public:
    SignalHold();
    SignalHold(const SignalHold&) = delete;
    SignalHold& operator=(const SignalHold&) = delete;
    ~SignalHold();
};

/// Restores the default action of a signal, and dies of it.
[[noreturn]] void die_of(int signal);

} // namespace albs::sys
