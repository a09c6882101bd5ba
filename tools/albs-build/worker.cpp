// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "cli/duration.hpp"
#include "recorded_options.hpp"
#include "run_task.hpp"
#include "scratch.hpp"
#include "shared_store.hpp"
#include "task_request.hpp"

namespace albs::build {
namespace {

Status check_worker_options(const BuildOptions& options)
{
    const RecipeOptions& recipe = options.recipe;
    const bool says_more = !recipe.platform.empty() || !recipe.platforms.empty() || !recipe.arches.empty() ||
                           !recipe.backend.empty() || !recipe.flavors.empty() || !recipe.with.empty() ||
                           !recipe.without.empty() || !recipe.definitions.empty() || !recipe.modules.empty() ||
                           !recipe.linked.empty() || !options.run.lock.empty() || options.run.network ||
                           !options.runner.command.empty();
    if (says_more)
        return fail(Kind::usage, "--task: what is built, and where, is said by the task",
                    "give no more than --timeout, --memory, --disk, --processes and --retry");
    return {};
}

Result<BuildConfig> asked_recipe(const Task& task, const BuildOptions& options, store::Workspace& workspace,
                                 const std::string& scratch)
{
    ALBS_TRY(BuildOptions own, recorded_options(task, {}, {}, workspace, scratch));
    own.limits = options.limits;
    ALBS_TRY(BuildConfig recipe, read_build_config(own, &workspace));
    if (task.definition && recipe.definition->sha256 != *task.definition)
        return fail(Kind::environment,
                    format_text("platform '{}' is another one on this machine than the task asks for", task.platform));
    recipe.options = task.options;
    recipe.is_for_others = true;
    return recipe;
}

Result<PlannedTask> asked_plan(const Task& task, const Manifest& manifest, const BuildConfig& recipe,
                               const store::Workspace& workspace)
{
    const Source* source = manifest.source(task.source);
    const Artifact* lock = task.buildroot ? manifest.artifact(*task.buildroot) : nullptr;
    if (source == nullptr || lock == nullptr || !task.srpm || !task.source_date_epoch)
        return fail(Kind::input, "task '" + task.id + "' lacks a source, a lock, or a source package");
    PlannedTask planned{
        .id = task.id, .source = *source, .arch = task.arch, .verified = task.verified, .refusal = "", .lock = *lock};
    if (!recipe.uses_roots()) {
        ALBS_TRY(Artifact own, lock_of_host(recipe, workspace));
        if (own.sha256 != lock->sha256)
            return fail(Kind::environment, "this machine has other packages installed than the task asks for",
                        "backend host wants workers that are set up alike; a platform with roots does not");
    }
    ALBS_TRY(SourcePackage package, stored_package(workspace.store(), *task.srpm));
    ALBS_TRY(planned.rounds, asked_rounds(manifest, workspace.store()));
    package.time = *task.source_date_epoch;
    planned.package = std::move(package);
    return planned;
}

/// From an earlier answer that was lost, or built now. Workers of one workspace that are asked for the same wait for
/// each other.
Result<TaskResult> built_once(const BuildConfig& recipe, const PlannedTask& planned, bool again,
                              const BuildContext& context)
{
    const std::string key = "worker\n" + memory_key(recipe, planned);
    const std::string place = context.scratch + "/" + sha256(key).hex() + ".task";
    ALBS_TRY(sys::FileLock mine, sys::FileLock::exclusive(place, static_cast<long>(recipe.timeout_ms)));
    ALBS_TRY(std::optional<TaskResult> known, recall(context.workspace, key, !again));
    if (known)
        return *std::move(known);
    ALBS_TRY(TaskResult built, build(recipe, planned, context));
    ALBS_CHECK(remember(context.workspace, key, built));
    return built;
}

} // namespace

Result<cli::Outcome> build_asked_task(const BuildOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check_worker_options(options));
    ALBS_TRY(Task asked, asked_task(manifest));
    if (context.dry_run()) {
        context.messages.note("would build", asked.id);
        return cli::Outcome{};
    }
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    std::optional<SharedStore> shared;
    if (!options.runner.store.empty()) {
        ALBS_TRY(shared, SharedStore::open(options.runner.store));
        ALBS_CHECK(for_each_needed(manifest, workspace->store(),
                                   [&](std::string_view sha256) { return shared->pull(*workspace, sha256); }));
    }
    ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
    RunView view(context.messages, 1);
    const RunView::Shown shown = view.show(asked.id, "root");
    ALBS_TRY(BuildConfig recipe, asked_recipe(asked, options, *workspace, scratch.path()));
    ALBS_TRY(PlannedTask planned, asked_plan(asked, manifest, recipe, *workspace));
    ALBS_TRY(TaskResult built, built_once(recipe, planned, options.run.retry,
                                          {*workspace, scratch.path(), static_cast<std::int64_t>(context.jobs()),
                                           context.messages, view}));
    for (const Artifact& artifact : built.artifacts) {
        ALBS_CHECK(manifest.add(artifact));
        if (shared)
            ALBS_CHECK(shared->push(workspace->store(), artifact.sha256));
    }
    ALBS_CHECK(manifest.add(answer_to(asked, built.task)));
    cli::Outcome outcome;
    outcome.verdict = is_missing(built.task) ? cli::Verdict::no : cli::Verdict::yes;
    return outcome;
}

} // namespace albs::build
