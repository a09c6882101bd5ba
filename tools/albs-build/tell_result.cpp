// SPDX-License-Identifier: GPL-3.0-or-later
#include "tell_result.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/length_of_time.hpp"

namespace albs::build {
namespace {

bool is_excluded(const Task& task)
{
    return task.status == "excluded" || (task.reason && task.reason->kind == "arch");
}

std::string why(const Task& task)
{
    if (!task.reason)
        return task.status;
    return format_text("{} in {} ({}): {}", task.status, task.reason->phase, task.reason->kind, task.reason->message);
}

void tell_log(const Manifest& manifest, const Task& task, const store::Workspace& workspace, cli::Messages& messages)
{
    if (!task.log)
        return;
    const Artifact* log = manifest.artifact(*task.log);
    messages.note(format_text("its log: '{}', {}/store/sha256/{}/{}", log == nullptr ? "" : std::string(log->name),
                              workspace.path(), task.log->substr(0, 2), *task.log),
                  task.id);
}

} // namespace

void tell(cli::Messages& messages, const TaskResult& built, const char* how)
{
    const Task& task = built.task;
    auto packages = std::count_if(built.artifacts.begin(), built.artifacts.end(), [](const Artifact& artifact) {
        return artifact.kind == "rpm" || artifact.kind == "srpm";
    });
    if (task.status == "ok") {
        std::string words = format_text("{} {} packages", how, packages);
        if (task.resources && task.resources->elapsed_ms)
            words += " in " + told_length(*task.resources->elapsed_ms);
        messages.note(words, task.id);
    } else if (is_missing(task)) {
        messages.warning(why(task), task.id);
    } else {
        messages.note(why(task), task.id);
    }
}

RunCounts count_tasks(const Manifest& manifest, const std::set<std::string>& made)
{
    RunCounts counts;
    for (const Task* task : manifest.in_force<Task>()) {
        if (is_excluded(*task))
            ++counts.excluded;
        else if (task->status == "failed")
            ++counts.failed;
        else if (task->status == "ok")
            ++(made.count(std::string(plain_id(*task))) != 0 ? counts.built : counts.reused);
        else
            ++counts.skipped;
    }
    return counts;
}

void tell_run(const Manifest& manifest, const RunFacts& facts, const store::Workspace& workspace,
              cli::Messages& messages)
{
    const RunCounts counts = count_tasks(manifest, facts.made);
    if (counts.all() == 0 || (!facts.elapsed_ms && counts.failed + counts.skipped == 0))
        return; // there was nothing to do, and nothing is missing
    for (const Task* task : manifest.in_force<Task>())
        if (is_missing(*task) && facts.told.count(std::string(plain_id(*task))) == 0)
            messages.warning("in an earlier run: " + why(*task), task->id);
    messages.note(format_text("{} {}{}: {} built, {} reused, {} failed, {} skipped, {} excluded", counts.all(),
                              counts.all() == 1 ? "task" : "tasks",
                              facts.elapsed_ms ? " in " + told_length(*facts.elapsed_ms) : "", counts.built,
                              counts.reused, counts.failed, counts.skipped, counts.excluded));
    for (const Task* task : manifest.in_force<Task>())
        if (task->status == "failed")
            tell_log(manifest, *task, workspace, messages);
}

} // namespace albs::build
