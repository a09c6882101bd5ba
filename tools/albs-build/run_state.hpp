// SPDX-License-Identifier: GPL-3.0-or-later
// How far a run is, and how much longer it will take: what its lines on a terminal are made of.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace albs::build {

/// A task that a run is going to come to.
struct ExpectedTask {
    std::string id;
    std::vector<std::size_t> waits_for = {};  ///< numbers of others
    std::optional<std::int64_t> took_ms = {}; ///< what it took the last time
    bool is_over = false;
    bool has_failed = false;
};

/// A task that something is done for.
struct RunningTask {
    std::string phase;
    std::int64_t since_ms = 0;              ///< monotonic
    std::optional<std::int64_t> began_ms{}; ///< the build itself
    std::optional<std::int64_t> took_ms{};  ///< what it took the last time
};

struct RunState {
    std::vector<ExpectedTask> expected;
    std::map<std::string, RunningTask> running; ///< by id
    std::vector<std::int64_t> taken_ms;         ///< by what was built in this run
    std::size_t jobs = 1;
};

/// What the tasks that are not over will take, by what they took the last time; one that is not known as long as the
/// others on average. None where nothing is known.
std::optional<std::int64_t> time_left(const RunState& state, std::int64_t now_ms);

/// A line for each running task, one for what waits, one for the whole; at most room of them. tool begins the last.
std::vector<std::string> lines_of(const RunState& state, std::int64_t now_ms, std::size_t room,
                                  const std::string& tool);

} // namespace albs::build
