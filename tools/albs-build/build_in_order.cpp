// SPDX-License-Identifier: GPL-3.0-or-later
#include "build_in_order.hpp"

#include <map>

#include "base/format.hpp"
#include "build_times.hpp"
#include "schedule.hpp"

namespace albs::build {
namespace {

/// A task that is skipped since what it needs failed, or since nothing can be first of a circle.
TaskResult skipped(const QueuedTask& queued, const std::string& why)
{
    return skipped_since(recipe_of(*queued.work, queued.prepared), queued.prepared.planned, why);
}

struct Attempt {
    std::optional<TaskResult> result;
    Progress progress;
};

/// In words, the circle that turned up only when its packages were built, and has to be opened at this one.
std::string circle_of(const QueuedTask& queued, const Lack& lack)
{
    std::string others;
    for (std::size_t other : lack.waits_for)
        others += format_text("{}'{}'", others.empty() ? "" : ", ", queued.group->members()[other].id);
    return format_text("this and {} need each other, as turned out when they were built", others);
}

/// A task without a group: its root is solved from the platform alone.
Result<Attempt> build_alone(const QueuedTask& queued)
{
    const BuildConfig& recipe = recipe_of(*queued.work, queued.prepared);
    Attempt attempt;
    ALBS_TRY(attempt.result, finish(*queued.work, queued.prepared, recipe.solve, [] { return false; }));
    return attempt;
}

Result<Attempt> build_in_group(const QueuedTask& queued, bool last)
{
    Group& group = *queued.group;
    Attempt attempt;
    if (std::string why = group.hindrance(queued.member); !why.empty()) {
        ALBS_TRY(attempt.result, end(*queued.work, queued.prepared, skipped(queued, why)));
        ALBS_CHECK(group.add(queued.member, {}, false));
        return attempt;
    }
    Lack lack;
    Solve solve = [&](const platform::Platform& platform, const std::string&, const std::vector<std::string>& needs) {
        Result<std::string> lock = group.lock(queued.member, platform, needs, last, lack);
        if (!lock && last && lack.failed.empty() && !lack.waits_for.empty())
            lock.error().message += "; " + circle_of(queued, lack);
        return lock;
    };
    auto is_void = [&] { return !lack.failed.empty() || (!last && lack.is_any()); };
    ALBS_TRY(TaskResult built, finish(*queued.work, queued.prepared, solve, is_void));
    if (!lack.failed.empty()) {
        ALBS_TRY(built, end(*queued.work, queued.prepared, skipped(queued, lack.failed)));
    } else if (is_void()) {
        attempt.progress = {false, lack.waits_for};
        return attempt;
    }
    if (last && built.task.status == "ok" && !lack.waits_for.empty())
        queued.work->messages.warning(circle_of(queued, lack) + "; it is built with what the repositories have",
                                      built.task.id);
    // What turned out not to be for this architecture hinders nobody.
    ALBS_CHECK(group.add(queued.member, built.artifacts, !is_missing(built.task)));
    attempt.result = std::move(built);
    return attempt;
}

using Numbers = std::map<std::pair<const Group*, std::size_t>, std::size_t>;

/// Which task a member of a group is; those of an earlier run are none.
Numbers numbers_of(const Queue& queue)
{
    Numbers numbers;
    for (std::size_t i = 0; i < queue.tasks.size(); ++i)
        if (queue.tasks[i].group != nullptr)
            numbers.emplace(std::pair(queue.tasks[i].group, queue.tasks[i].member), i);
    return numbers;
}

std::vector<Piece> pieces_of(const Queue& queue, const Numbers& numbers)
{
    std::vector<Piece> pieces(queue.tasks.size());
    for (std::size_t i = 0; i < queue.tasks.size(); ++i) {
        const QueuedTask& queued = queue.tasks[i];
        pieces[i].is_done = queued.prepared.over.has_value();
        if (queued.group == nullptr)
            continue;
        const Order& order = queued.group->order();
        pieces[i].is_late = !order.late[queued.member].empty();
        for (const Wait& wait : order.waits[queued.member])
            if (auto known = numbers.find({queued.group, wait.task}); known != numbers.end())
                pieces[i].waits_for.push_back(known->second);
    }
    return pieces;
}

std::vector<ExpectedTask> expected_of(const Queue& queue, const std::vector<Piece>& pieces)
{
    std::vector<ExpectedTask> expected;
    for (std::size_t i = 0; i < queue.tasks.size(); ++i) {
        const PreparedTask& prepared = queue.tasks[i].prepared;
        const Work& work = *queue.tasks[i].work;
        std::optional<std::int64_t> took; // nobody looks otherwise
        if (work.messages.draws())
            took = remembered_time(work.workspace, time_key(prepared.planned.source.name, work.recipe.platform.name(),
                                                            prepared.planned.arch));
        expected.push_back({.id = prepared.planned.id,
                            .waits_for = pieces[i].waits_for,
                            .took_ms = took,
                            .is_over = pieces[i].is_done,
                            .has_failed = prepared.over && is_missing(prepared.over->task)});
    }
    return expected;
}

} // namespace

Result<std::vector<TaskResult>> build_in_order(Queue& queue, const Jobs& jobs, RunView& view)
{
    std::vector<TaskResult> results(queue.tasks.size());
    const Numbers numbers = numbers_of(queue);
    std::vector<Piece> pieces = pieces_of(queue, numbers);
    view.expect(expected_of(queue, pieces));
    for (std::size_t i = 0; i < queue.tasks.size(); ++i)
        if (queue.tasks[i].prepared.over)
            results[i] = *queue.tasks[i].prepared.over;
    ALBS_CHECK(run_in_order(std::move(pieces), jobs.most, [&](std::size_t i, bool last) -> Result<Progress> {
        const auto slot = jobs.slots.take();
        const QueuedTask& queued = queue.tasks[i];
        ALBS_TRY(Attempt attempt, queued.group != nullptr ? build_in_group(queued, last) : build_alone(queued));
        if (!attempt.result) {
            for (std::size_t& other : attempt.progress.waits_for)
                other = numbers.at({queued.group, other});
            view.wait_for(i, attempt.progress.waits_for);
            return attempt.progress;
        }
        results[i] = *std::move(attempt.result);
        view.over(i, is_missing(results[i].task));
        return Progress();
    }));
    return results;
}

} // namespace albs::build
