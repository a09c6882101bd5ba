// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.hpp"

#include <algorithm>
#include <atomic>

#include "check_options.hpp"
#include "choose_platform.hpp"
#include "cli/root_context.hpp"
#include "mock.hpp"
#include "needs.hpp"
#include "plan.hpp"
#include "run_task.hpp"
#include "scratch.hpp"
#include "source.hpp"
#include "sys/parallel.hpp"
#include "task_result.hpp"

namespace albs::build {
namespace {

struct Work {
    const BuildOptions& options;
    const platform::Overrides& overrides;
    const BuildConfig& recipe;
    const Manifest& manifest;
    store::Workspace& workspace;
    std::string scratch;
    std::int64_t processors = 1; ///< for each task
    bool retry = false;
    cli::Messages& messages;
};

void tell(cli::Messages& messages, const TaskResult& built, const char* how)
{
    auto packages = std::count_if(built.artifacts.begin(), built.artifacts.end(), [](const Artifact& artifact) {
        return artifact.kind == "rpm" || artifact.kind == "srpm";
    });
    if (built.task.status == "ok")
        messages.note(std::string(how) + " " + std::to_string(packages) + " packages", built.task.id);
    else if (built.task.reason) {
        const Reason& reason = *built.task.reason;
        messages.note((built.task.status == "failed" ? "failed in " : "skipped in ") + reason.phase + " (" +
                          reason.kind + "): " + reason.message,
                      built.task.id);
    }
}

/// Finds the root that the task is going to be built in. A task that is over with that is returned.
Result<std::optional<TaskResult>> lock(const Work& work, PlannedTask& planned)
{
    std::optional<TaskResult> over;
    ALBS_TRY(SourcePackage source, read_source(planned, work.manifest, work.workspace.store()));
    if (std::string why = not_for(source.package, planned.arch); !why.empty()) {
        over = not_built(work.recipe, planned, "arch", why);
        return over;
    }
    ALBS_TRY(planned.needs, needs_of(work.recipe, planned.arch, source, work.workspace, work.messages));
    auto found = lock_of_root(work.recipe, planned.arch, planned.needs, work.workspace);
    if (found)
        planned.lock = *std::move(found);
    else if (found.error().kind == Kind::input)
        over = not_built(work.recipe, planned, "dependency", found.error().message);
    else
        return tl::unexpected(std::move(found).error());
    return over;
}

Result<TaskResult> make_as(const Work& work, PlannedTask planned)
{
    if (std::string why = needs_secure_boot(work.recipe.platform, planned.source.name); !why.empty()) {
        TaskResult refused = not_built(work.recipe, planned, "secure-boot", why);
        tell(work.messages, refused, "");
        return refused;
    }
    if (!planned.refusal.empty()) {
        TaskResult refused = not_built(work.recipe, planned, "notarization", planned.refusal);
        tell(work.messages, refused, "");
        return refused;
    }
    if (!planned.lock) {
        ALBS_TRY(std::optional<TaskResult> over, lock(work, planned));
        if (over) {
            tell(work.messages, *over, "");
            return *std::move(over);
        }
    }
    std::string key = memory_key(work.recipe, planned);
    ALBS_TRY(std::optional<TaskResult> known, recall(work.workspace, key, !work.retry));
    if (known) {
        known->task.verified = planned.verified;
        tell(work.messages, *known, "built earlier:");
        return *std::move(known);
    }
    ALBS_TRY(TaskResult built, build(work.recipe, planned, work.manifest,
                                {work.workspace, work.scratch, work.processors, work.messages}));
    ALBS_CHECK(remember(work.workspace, key, built));
    tell(work.messages, built, "built");
    return built;
}

/// As the package wants it, if it wants anything.
Result<TaskResult> make(const Work& work, const PlannedTask& planned)
{
    const platform::Override* own = work.overrides.find(planned.source.name, planned.source.ref.value_or(""));
    if (own == nullptr)
        return make_as(work, planned);
    BuildOptions options = work.options;
    options.recipe = with_own(std::move(options.recipe), *own);
    auto recipe = read_build_config(std::move(options), &work.workspace);
    if (!recipe)
        return of_package(std::move(recipe).error(), planned.source.name, work.options.sources);
    recipe->solve = work.recipe.solve;
    PlannedTask anew = planned;
    if (recipe->platform.backend() == "mock") {
        ALBS_TRY(anew.lock, mock_configuration(*recipe, planned.arch, work.workspace));
    }
    return make_as({work.options, work.overrides, *recipe, work.manifest, work.workspace, work.scratch, work.processors,
                    work.retry, work.messages},
                   std::move(anew));
}

/// Packages that were asked for and are not there: exit status 1. One that is not for this architecture is none.
bool is_missing(const Task& task)
{
    return task.status == "failed" || (task.status == "skipped" && task.reason && task.reason->kind != "arch");
}

/// Before anything is fetched: roots of these architectures can be used here.
Status check_machine(const BuildConfig& recipe)
{
    if (recipe.uses_roots())
        for (const std::string& arch : recipe.arches)
            ALBS_CHECK(sandbox::emulation_of(arch));
    return {};
}

} // namespace

Result<cli::Outcome> run(const BuildOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check(options.recipe));
    if (!options.lock.empty())
        ALBS_CHECK(check_nothing_to_solve(options.recipe, "--lock", false));
    if (manifest.sources().empty()) {
        context.messages.detail("there is no source in the manifest, nothing to build");
        // Reading the platforms costs more than all the rest of a run without work.
        if (options.recipe.platform == RecipeOptions().platform && options.recipe.arches.empty())
            return cli::Outcome{};
    }
    store::Workspace* workspace = nullptr;
    if (!context.dry_run()) {
        ALBS_TRY(workspace, context.workspace());
    }
    ALBS_TRY(BuildConfig recipe, read_build_config(options, workspace));
    ALBS_CHECK(check_backend(recipe, options.recipe.root));
    ALBS_TRY(platform::Overrides overrides, read_overrides(options.sources));
    ALBS_TRY(std::vector<PlannedTask> tasks, plan(recipe, manifest, options.sources, context));
    if (context.dry_run()) {
        for (const PlannedTask& task : tasks)
            context.messages.note(task.refusal.empty() ? "would build" : "would skip: " + task.refusal, task.id);
        return cli::Outcome{};
    }
    cli::Outcome outcome;
    if (tasks.empty())
        return outcome;
    ALBS_CHECK(check_machine(recipe));
    root::Solver solver(options.recipe.root, cli::root_context(context));
    recipe.solve = [&solver](const platform::Platform& platform, const std::string& arch,
                             const std::vector<std::string>& needs) { return solver.lock(platform, arch, needs); };
    if (recipe.platform.backend() == "mock") {
        for (PlannedTask& task : tasks) {
            ALBS_TRY(task.lock, mock_configuration(recipe, task.arch, *workspace));
        }
    } else if (!recipe.uses_roots()) {
        ALBS_TRY(Artifact host, lock_of_host(recipe, *workspace));
        for (PlannedTask& task : tasks)
            task.lock = host;
    }
    ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
    std::size_t at_once = std::min(tasks.size(), context.jobs());
    auto processors = static_cast<std::int64_t>(std::max<std::size_t>(1, context.jobs() / at_once));
    Work work{options,        overrides,  recipe,        manifest,        *workspace,
              scratch.path(), processors, options.retry, context.messages};
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
        if (is_missing(built.task))
            outcome.verdict = cli::Verdict::no;
    }
    return outcome;
}

} // namespace albs::build
