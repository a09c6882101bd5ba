// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.hpp"

#include <algorithm>
#include <atomic>

#include "base_root.hpp"
#include "check_options.hpp"
#include "cli/root_context.hpp"
#include "make_task.hpp"
#include "mock.hpp"
#include "plan.hpp"
#include "scratch.hpp"
#include "sys/parallel.hpp"

namespace albs::build {
namespace {

/// No, if a package that was asked for is not there, from this run or from an earlier one. What an earlier one made
/// counts as made.
cli::Outcome outcome_of(const Manifest& manifest)
{
    cli::Outcome outcome;
    for (const Task* task : manifest.in_force<Task>()) {
        if (is_missing(*task))
            outcome.verdict = cli::Verdict::no;
        for (const JsonText& digest : task->artifacts)
            outcome.made_before.insert(digest);
        for (const OptionalString& digest : {task->log, task->buildroot, task->definition})
            if (digest)
                outcome.made_before.insert(*digest);
    }
    return outcome;
}

/// Before anything is fetched: roots of these architectures can be used here.
Status check_machine(const BuildConfig& recipe)
{
    if (recipe.uses_roots())
        for (const std::string& arch : recipe.arches)
            if (arch != "src")
                ALBS_CHECK(sandbox::emulation_of(arch));
    return {};
}

/// What is known of roots before anything is solved.
Status add_locks(const BuildConfig& recipe, const store::Workspace& workspace, std::vector<PlannedTask>& tasks)
{
    if (recipe.platform.backend() == "mock") {
        for (PlannedTask& task : tasks)
            if (task.arch != "src") {
                ALBS_TRY(task.lock, mock_configuration(recipe, task.arch, workspace));
            }
    } else if (!recipe.uses_roots()) {
        ALBS_TRY(Artifact host, lock_of_host(recipe, workspace));
        for (PlannedTask& task : tasks)
            task.lock = host;
    }
    return {};
}

Status make_all(const BuildConfig& recipe, const BuildOptions& options, const platform::Overrides& overrides,
                const std::vector<PlannedTask>& tasks, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
    std::size_t at_once = std::min(tasks.size(), context.jobs());
    SourcePackages packages(*workspace, scratch.path(), context.messages);
    Work work{.options = options,
              .overrides = overrides,
              .recipe = recipe,
              .manifest = manifest,
              .workspace = *workspace,
              .packages = packages,
              .scratch = scratch.path(),
              .processors = static_cast<std::int64_t>(std::max<std::size_t>(1, context.jobs() / at_once)),
              .retry = options.retry,
              .messages = context.messages};
    std::vector<TaskResult> results(tasks.size());
    std::atomic<std::int64_t> done = 0;
    ALBS_CHECK(sys::for_each_parallel(tasks.size(), at_once, [&](std::size_t i) -> Status {
        ALBS_TRY(results[i], make(work, tasks[i]));
        context.messages.progress("building", ++done, static_cast<std::int64_t>(tasks.size()), "tasks");
        return {};
    }));
    for (const TaskResult& built : results) {
        for (const Artifact& artifact : built.artifacts)
            ALBS_CHECK(manifest.add(artifact));
        ALBS_CHECK(manifest.add(built.task));
    }
    return {};
}

/// only_packages: source packages, as tasks of the architecture "src".
Result<cli::Outcome> run_tasks(const BuildOptions& options, bool only_packages, cli::Context& context,
                               Manifest& manifest)
{
    ALBS_CHECK(check(options.recipe));
    if (!options.lock.empty())
        ALBS_CHECK(check_nothing_to_solve(options.recipe, "--lock", false));
    if (manifest.sources().empty()) {
        context.messages.detail("there is no source in the manifest, nothing to build");
        // Reading the platforms costs more than all the rest of a run without work.
        if (options.recipe.platform == RecipeOptions().platform && options.recipe.arches.empty())
            return outcome_of(manifest);
    }
    store::Workspace* workspace = nullptr;
    if (!context.dry_run()) {
        ALBS_TRY(workspace, context.workspace());
    }
    ALBS_TRY(BuildConfig recipe, read_build_config(options, workspace));
    ALBS_CHECK(check_backend(recipe, options.recipe.root));
    ALBS_TRY(platform::Overrides overrides, read_overrides(options.sources));
    if (only_packages)
        recipe.arches = {"src"};
    ALBS_TRY(std::vector<PlannedTask> tasks, plan(recipe, manifest, options.sources, options.retry, context));
    if (context.dry_run()) {
        const char* would = only_packages ? "would make the source package" : "would build";
        for (const PlannedTask& task : tasks)
            context.messages.note(task.refusal.empty() ? would : "would skip: " + task.refusal, task.id);
        return cli::Outcome{};
    }
    if (tasks.empty())
        return outcome_of(manifest);
    ALBS_CHECK(check_machine(recipe));
    root::Solver solver(options.recipe.root, cli::root_context(context));
    recipe.solve = [&solver](const platform::Platform& platform, const std::string& arch,
                             const std::vector<std::string>& needs) { return solver.lock(platform, arch, needs); };
    ALBS_CHECK(add_locks(recipe, *workspace, tasks));
    ALBS_CHECK(make_all(recipe, options, overrides, tasks, context, manifest));
    return outcome_of(manifest);
}

} // namespace

Result<cli::Outcome> run(const BuildOptions& options, cli::Context& context, Manifest& manifest)
{
    return run_tasks(options, false, context, manifest);
}

Result<cli::Outcome> make_source_packages(const SrpmOptions& options, cli::Context& context, Manifest& manifest)
{
    BuildOptions build;
    build.recipe = options.recipe;
    build.sources = options.sources;
    build.retry = options.retry;
    return run_tasks(build, true, context, manifest);
}

} // namespace albs::build
