// SPDX-License-Identifier: GPL-3.0-or-later
#include "show_log.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/visible.hpp"
#include "follow_log.hpp"

namespace albs::build {
namespace {

constexpr std::size_t around = 10; ///< lines before and after the first cause

Result<Manifest> read_manifest(const std::string& file)
{
    ALBS_TRY(std::vector<Manifest> all, cli::read_manifests(file));
    Manifest manifest = std::move(all.front());
    for (std::size_t i = 1; i < all.size(); ++i)
        ALBS_CHECK(manifest.merge(all[i]));
    return manifest;
}

Result<std::vector<const Task*>> chosen_tasks(const Manifest& manifest, const std::vector<std::string>& words)
{
    const std::vector<const Task*> all = manifest.in_force<Task>();
    if (words.empty())
        return all;
    std::vector<const Task*> chosen;
    for (const std::string& word : words) {
        bool is_there = false;
        for (const Task* task : all) {
            if (!is_task_named(task->id, word))
                continue;
            is_there = true;
            if (std::find(chosen.begin(), chosen.end(), task) == chosen.end())
                chosen.push_back(task);
        }
        if (!is_there)
            return fail(Kind::usage, format_text("the manifest has no task '{}'", word),
                        "name a task by its id or by the beginning of it, up to '@' or '/': jq -r '.tasks[].id'; one "
                        "that still "
                        "runs: --tail");
    }
    return chosen;
}

/// The lines around the byte at offset.
std::string excerpt(std::string_view log, std::size_t offset)
{
    offset = std::min(offset, log.size());
    std::size_t begin = offset;
    for (std::size_t lines = 0; begin > 0 && lines <= around;) {
        begin = log.rfind('\n', begin - 1);
        begin = begin == log.npos ? 0 : begin;
        ++lines;
    }
    begin = begin == 0 ? 0 : begin + 1;
    std::size_t end = offset;
    for (std::size_t lines = 0; end < log.size() && lines <= around; ++lines)
        end = std::min(log.find('\n', end), log.size() - 1) + 1;
    return std::string(log.substr(begin, end - begin));
}

// A line of its own, whatever the manifest says.
std::string heading(const Task& task)
{
    std::string text = format_text("{}: {}", std::string(task.id), std::string(task.status));
    if (task.reason)
        text += format_text(" in {} ({}): {}", task.reason->phase, task.reason->kind, task.reason->message);
    return "==> " + escape_hidden(text) + " <==\n";
}

/// Of what was asked for by name.
Status check_some_log(const std::vector<const Task*>& tasks)
{
    if (std::any_of(tasks.begin(), tasks.end(), [](const Task* task) { return task->log.has_value(); }))
        return {};
    const Task& task = *tasks.front();
    return fail(Kind::input, format_text("the task '{}' has no log: {}{}", std::string(task.id),
                                         std::string(task.status), task.reason ? ": " + task.reason->message : ""));
}

} // namespace

Result<cli::Outcome> show_logs(const LogOptions& options, cli::Context& context)
{
    if (options.tail && (options.failed || options.manifest != "-"))
        return fail(Kind::usage, "--tail is for a task that runs, and goes with neither --failed nor --manifest");
    if (options.tail)
        return follow_log(context);
    ALBS_TRY(Manifest manifest, read_manifest(options.manifest));
    ALBS_TRY(std::vector<const Task*> tasks, chosen_tasks(manifest, context.operands));
    if (options.failed)
        std::erase_if(tasks, [](const Task* task) { return task->status != "failed"; });
    else if (!context.operands.empty())
        ALBS_CHECK(check_some_log(tasks));
    cli::Outcome outcome{.verdict = cli::Verdict::yes, .document = ""};
    if (context.dry_run() || tasks.empty())
        return outcome;
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    for (const Task* task : tasks) {
        if (options.failed || tasks.size() > 1)
            *outcome.document += heading(*task);
        if (!task->log) {
            context.messages.note("it has no log", task->id);
            continue;
        }
        auto log = workspace->store().read(*task->log);
        if (!log)
            return fail(std::move(log).error(), format_text("the log of '{}'", std::string(task->id)));
        const std::int64_t offset = task->reason ? task->reason->offset.value_or(0) : 0;
        *outcome.document += options.failed ? excerpt(*log, static_cast<std::size_t>(offset)) : *log;
        if (outcome.document->empty() || outcome.document->back() != '\n')
            *outcome.document += '\n';
    }
    return outcome;
}

} // namespace albs::build
