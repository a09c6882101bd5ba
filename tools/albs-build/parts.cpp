// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base_root.hpp"
#include "check_options.hpp"
#include "choose_platform.hpp"
#include "mock.hpp"

namespace albs::build {
namespace {

/// Roots of these architectures can be used here.
Status check_machine(const BuildConfig& recipe)
{
    if (recipe.uses_roots())
        for (const std::string& arch : recipe.arches)
            if (arch != "src")
                ALBS_CHECK(sandbox::emulation_of(arch));
    return {};
}

/// What is wrong with files of repositories and keys is no package's failure.
Status check_repositories(const BuildConfig& recipe, const root::Solver& solver)
{
    if (recipe.uses_roots() && recipe.lock.empty())
        for (const std::string& arch : recipe.arches)
            ALBS_CHECK(solver.check(recipe.platform, arch == "src" ? target_of_packages(recipe.platform) : arch));
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

std::vector<PlannedTask> tasks_of(const Part& part, std::size_t stage)
{
    std::vector<PlannedTask> tasks;
    for (const PlannedTask& task : part.tasks)
        if (part.modules.stage_of(task) == stage)
            tasks.push_back(task);
    return tasks;
}

} // namespace

Result<std::vector<Part>> read_parts(const BuildOptions& options, bool only_packages, store::Workspace* workspace,
                                     cli::Context& context, const Manifest& manifest)
{
    std::vector<Part> parts;
    for (const std::string& platform : platforms_of(options.recipe)) {
        BuildOptions of_platform = options;
        of_platform.recipe.platform = {platform};
        ALBS_TRY(BuildConfig recipe, read_build_config(std::move(of_platform), workspace));
        ALBS_CHECK(check_backend(recipe, options.recipe.root, !options.runner.command.empty()));
        if (options.early_cutoff && !recipe.uses_roots())
            return fail(Kind::usage, format_text("--early-cutoff is for roots of packages, and backend '{}' makes none",
                                                 recipe.platform.backend()));
        if (std::any_of(parts.begin(), parts.end(),
                        [&](const Part& one) { return one.recipe.platform.name() == recipe.platform.name(); }))
            continue; // named twice, in other letters
        if (only_packages)
            recipe.arches = {"src"};
        ALBS_TRY(std::vector<PlannedTask> tasks, plan(recipe, manifest, options.sources, options.run.retry, context));
        if (!tasks.empty())
            parts.push_back({std::move(recipe), std::move(tasks)});
    }
    return parts;
}

Status open_parts(std::vector<Part>& parts, const BuildOptions& options, const Manifest& manifest, root::Solver& solver,
                  store::Workspace& workspace)
{
    for (Part& part : parts) {
        ALBS_CHECK(check_machine(part.recipe));
        ALBS_CHECK(check_repositories(part.recipe, solver));
        part.recipe.solve = [&solver](const platform::Platform& platform, const std::string& arch,
                                      const std::vector<std::string>& needs) {
            return solver.lock(platform, arch, needs);
        };
        ALBS_CHECK(add_locks(part.recipe, workspace, part.tasks));
        ALBS_TRY(part.modules, ModulePlans::read(manifest, part.tasks, part.recipe, options, workspace, solver));
    }
    return {};
}

std::size_t count_stages(const std::vector<Part>& parts)
{
    std::size_t last = 0;
    for (const Part& part : parts)
        for (const PlannedTask& task : part.tasks)
            last = std::max(last, part.modules.stage_of(task));
    return last + 1;
}

std::vector<Lane> lanes_of(const std::vector<Part>& parts, const RunParts& run, cli::Context& context,
                           const Manifest& manifest, std::size_t stage)
{
    std::size_t count = 0;
    for (const Part& part : parts)
        count += part.tasks.size();
    const std::size_t at_once = std::max<std::size_t>(1, std::min(count, run.jobs.most));
    std::vector<Lane> lanes;
    for (const Part& part : parts)
        lanes.push_back(
            {Work{.options = run.options,
                  .overrides = run.overrides,
                  .recipe = part.recipe,
                  .manifest = manifest,
                  .modules = part.modules,
                  .solver = run.solver,
                  .workspace = run.workspace,
                  .packages = run.packages,
                  .scratch = run.scratch,
                  .processors = run.jobs.processors(at_once),
                  .retry = run.options.run.retry,
                  .messages = context.messages,
                  .view = run.view,
                  .runner = run.runner},
             tasks_of(part, stage)});
    return lanes;
}

} // namespace albs::build
