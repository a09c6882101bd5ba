// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_state.hpp"

#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "base/length_of_time.hpp"
#include "base/text.hpp"

namespace albs::build {
namespace {

constexpr std::size_t most_named = 8; ///< tasks that wait; more do not fit on a line

/// Whole seconds: what is drawn every second need not be finer.
std::string in_seconds(std::int64_t milliseconds)
{
    return told_length(milliseconds / 1000 * 1000);
}

/// "lzop" of "lzop@0123456789ab/test-9/x86_64".
std::string name_of(const std::string& id)
{
    return id.substr(0, id.find_first_of("@/"));
}

/// What a running task still needs of the time that it took before; none where that is not known, or is over.
std::optional<std::int64_t> left_of(const RunningTask& task, std::int64_t now_ms)
{
    if (!task.took_ms)
        return std::nullopt;
    const std::int64_t left = *task.took_ms - (task.began_ms ? now_ms - *task.began_ms : 0);
    return left > 0 ? std::optional(left) : std::nullopt;
}

std::string line_of(const std::string& id, const RunningTask& task, std::int64_t now_ms)
{
    std::string line = format_text("{}: {}, {}", id, task.phase, in_seconds(now_ms - task.since_ms));
    if (auto left = left_of(task, now_ms))
        line += format_text(", about {} left", in_seconds(*left + 999));
    return line;
}

/// "waiting: lzop for lzo, and 3 more"; empty if nothing waits for another task.
std::string waiting_line(const RunState& state)
{
    std::vector<std::string> named;
    std::set<std::string> seen;
    std::size_t more = 0;
    for (const ExpectedTask& task : state.expected) {
        if (task.is_over || state.running.count(task.id) != 0)
            continue;
        std::set<std::string> others;
        for (std::size_t other : task.waits_for)
            if (!state.expected[other].is_over)
                others.insert(name_of(state.expected[other].id));
        if (others.empty())
            continue;
        std::string words = format_text("{} for {}", name_of(task.id), join(others, " and "));
        if (!seen.insert(words).second) // the same for another architecture
            continue;
        if (named.size() < most_named)
            named.push_back(std::move(words));
        else
            ++more;
    }
    if (named.empty())
        return "";
    return "waiting: " + join(named, ", ") + (more > 0 ? format_text(", and {} more", more) : "");
}

std::string whole_line(const RunState& state, std::int64_t now_ms, const std::string& tool)
{
    const auto over = std::count_if(state.expected.begin(), state.expected.end(),
                                    [](const ExpectedTask& task) { return task.is_over; });
    const auto failed = std::count_if(state.expected.begin(), state.expected.end(),
                                      [](const ExpectedTask& task) { return task.has_failed; });
    std::string line = format_text("{}: {} of {} tasks done", tool, over, state.expected.size());
    if (failed > 0)
        line += format_text(", {} of them not built", failed);
    if (auto left = time_left(state, now_ms))
        line += format_text(", about {} left", in_seconds(*left + 999));
    return line;
}

} // namespace

std::optional<std::int64_t> time_left(const RunState& state, std::int64_t now_ms)
{
    std::int64_t known = 0;
    std::int64_t sum = 0;
    auto count = [&](std::int64_t took) {
        ++known;
        sum += took;
    };
    for (std::int64_t took : state.taken_ms)
        count(took);
    for (const ExpectedTask& task : state.expected)
        if (task.took_ms && !task.is_over)
            count(*task.took_ms);
    if (known == 0)
        return std::nullopt;
    std::int64_t all = 0;
    std::int64_t longest = 0;
    std::size_t open = 0;
    for (const ExpectedTask& task : state.expected) {
        if (task.is_over)
            continue;
        ++open;
        std::int64_t left = task.took_ms.value_or(sum / known);
        if (auto running = state.running.find(task.id); running != state.running.end() && running->second.began_ms)
            left = std::max<std::int64_t>(0, left - (now_ms - *running->second.began_ms));
        all += left;
        longest = std::max(longest, left);
    }
    if (open == 0)
        return std::nullopt;
    return std::max(longest, all / static_cast<std::int64_t>(std::max<std::size_t>(1, std::min(state.jobs, open))));
}

std::vector<std::string> lines_of(const RunState& state, std::int64_t now_ms, std::size_t room, const std::string& tool)
{
    std::vector<std::string> last;
    if (std::string waiting = waiting_line(state); !waiting.empty())
        last.push_back(std::move(waiting));
    if (!state.expected.empty())
        last.push_back(whole_line(state, now_ms, tool));
    std::vector<std::string> lines;
    const std::size_t for_tasks = room > last.size() ? room - last.size() : 0;
    for (const auto& [id, task] : state.running) {
        if (lines.size() + 1 == for_tasks && state.running.size() > for_tasks) {
            lines.push_back(format_text("and {} more", state.running.size() - lines.size()));
            break;
        }
        if (lines.size() < for_tasks)
            lines.push_back(line_of(id, task, now_ms));
    }
    lines.insert(lines.end(), last.begin(), last.end());
    return lines;
}

} // namespace albs::build
