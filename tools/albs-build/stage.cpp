// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.hpp"

#include "base/time.hpp"
#include "check_options.hpp"
#include "cli/root_context.hpp"
#include "compare_noarch.hpp"
#include "module_results.hpp"
#include "parts.hpp"
#include "scratch.hpp"
#include "tell_result.hpp"
#include "wanted_modules.hpp"
#include "worker.hpp"

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
    for (const ModuleBuild* build : manifest.in_force<ModuleBuild>())
        outcome.made_before.insert(build->document);
    return outcome;
}

/// What came of it, with the noarch packages compared.
Result<cli::Outcome> compared(const BuildOptions& options, store::Workspace& workspace, cli::Context& context,
                              Manifest& manifest)
{
    cli::Outcome outcome = outcome_of(manifest);
    ALBS_TRY(std::size_t different, compare_noarch(manifest, workspace, context.messages));
    if (options.noarch_strict && different > 0)
        outcome.verdict = cli::Verdict::no;
    return outcome;
}

/// Who builds, and how much at a time.
struct Means {
    Jobs jobs;
    std::optional<Runner> runner;
};

/// What became of everything is told at the end. False if a module is not complete.
Result<bool> make_all(const std::vector<Part>& parts, const BuildOptions& options, const platform::Overrides& overrides,
                      root::Solver& solver, const Means& means, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
    SourcePackages packages(*workspace, scratch.path(), context.messages);
    const Jobs& jobs = means.jobs;
    RunView view(context.messages, jobs.most);
    const RunParts run{options,    overrides, solver,
                       *workspace, packages,  scratch.path(),
                       view,       jobs,      means.runner ? &*means.runner : nullptr};
    std::set<std::string> told;
    for (std::size_t stage = 0; stage < count_stages(parts); ++stage) {
        std::vector<Lane> lanes = lanes_of(parts, run, context, manifest, stage);
        ALBS_TRY(Queue queue, make_queue(lanes, solver, jobs));
        ALBS_TRY(std::vector<TaskResult> results, build_in_order(queue, jobs, view));
        for (const TaskResult& built : results) {
            told.insert(built.task.id);
            for (const Artifact& artifact : built.artifacts)
                ALBS_CHECK(manifest.add(artifact));
            ALBS_CHECK(manifest.add(built.task));
        }
    }
    ALBS_TRY(bool are_complete, add_module_builds(parts, *workspace, context.messages, manifest));
    tell_run(manifest, {.made = view.made(), .told = std::move(told), .elapsed_ms = monotonic_ms() - view.begun_ms()},
             *workspace, context.messages);
    return are_complete;
}

/// only_packages: source packages, as tasks of the architecture "src".
Result<cli::Outcome> run_tasks(const BuildOptions& options, bool only_packages, cli::Context& context,
                               Manifest& manifest)
{
    ALBS_CHECK(check(options));
    Means means;
    ALBS_TRY(means.runner, read_runner(options));
    if (manifest.sources().empty()) {
        context.messages.detail("there is no source in the manifest, nothing to build");
        // Reading the platforms costs more than all the rest of a run without work.
        if (options.recipe.platform.empty() && options.recipe.arches.empty())
            return outcome_of(manifest);
    }
    store::Workspace* workspace = nullptr;
    if (!context.dry_run()) {
        means.jobs = jobs_of(context);
        ALBS_TRY(workspace, context.workspace());
    }
    ALBS_TRY(platform::Overrides overrides, read_overrides(options.sources.build_configs));
    ALBS_TRY(std::vector<Part> parts, read_parts(options, only_packages, workspace, context, manifest));
    if (context.dry_run()) {
        const char* would = only_packages ? "would make the source package" : "would build";
        for (const Part& part : parts) {
            ALBS_TRY(auto modules, wanted_modules(manifest, part.tasks, part.recipe));
            for (const Module* module : modules)
                context.messages.note("would be a module stream", module->id);
            for (const PlannedTask& task : part.tasks)
                context.messages.note(task.refusal.empty() ? would : "would skip: " + task.refusal, task.id);
        }
        return cli::Outcome{};
    }
    if (parts.empty()) {
        tell_run(manifest, {}, *workspace, context.messages);
        return compared(options, *workspace, context, manifest);
    }
    root::Solver solver(options.recipe.root, cli::root_context(context));
    ALBS_CHECK(open_parts(parts, options, manifest, solver, *workspace));
    ALBS_TRY(bool are_complete, make_all(parts, options, overrides, solver, means, context, manifest));
    ALBS_TRY(cli::Outcome outcome, compared(options, *workspace, context, manifest));
    if (!are_complete)
        outcome.verdict = cli::Verdict::no;
    return outcome;
}

} // namespace

Result<cli::Outcome> run(const BuildOptions& options, cli::Context& context, Manifest& manifest)
{
    if (options.runner.is_worker)
        return build_asked_task(options, context, manifest);
    return run_tasks(options, false, context, manifest);
}

Result<cli::Outcome> make_source_packages(const SrpmOptions& options, cli::Context& context, Manifest& manifest)
{
    BuildOptions build;
    build.recipe = options.recipe;
    build.sources = options.sources;
    build.run.retry = options.retry;
    return run_tasks(build, true, context, manifest);
}

} // namespace albs::build
