// SPDX-License-Identifier: GPL-3.0-or-later
#include "make_task.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base_root.hpp"
#include "build_times.hpp"
#include "choose_platform.hpp"
#include "early_cutoff.hpp"
#include "mock.hpp"
#include "module_sources.hpp"
#include "plan.hpp"
#include "task_result.hpp"
#include "tell_result.hpp"

namespace albs::build {
namespace {

/// An attempt that ended before the one in force would not count.
bool is_older(const TaskResult& built, const Manifest& manifest)
{
    const Task* known = manifest.task(built.task.id);
    return known != nullptr && built.task.finished < known->finished;
}

/// Finds the root that the task is going to be built in. A task that is over with that is returned.
Result<std::optional<TaskResult>> lock(const BuildConfig& recipe, const store::Workspace& workspace,
                                       PlannedTask& planned)
{
    std::optional<TaskResult> over;
    auto found = lock_of_root(recipe, planned.arch, planned.needs, workspace);
    if (found)
        planned.lock = *std::move(found);
    else if (found.error().kind == Kind::input)
        over = not_built(recipe, planned, "dependency", found.error().message);
    else
        return tl::unexpected(std::move(found).error());
    return over;
}

/// Makes the source package. A task that is over with that is returned: for good or not.
Result<std::optional<TaskResult>> make_package(const Work& work, const BuildConfig& recipe, PlannedTask& planned)
{
    std::optional<TaskResult> over;
    ALBS_TRY(SourceOutcome outcome, work.packages.make(recipe, planned, work.manifest));
    planned.package = std::move(outcome.package);
    if (outcome.reason)
        over = without_package(recipe, planned, outcome);
    else if (planned.arch == "src")
        over = package_alone(recipe, planned);
    else if (std::string why = not_for(outcome.spec, planned.arch); !why.empty())
        over = not_built(recipe, planned, "arch", why);
    planned.needs = std::move(outcome.spec.needs);
    if (const ComponentPlan* component = work.modules.find(plain_id(planned.source)).component)
        planned.needs.insert(planned.needs.end(), component->installed.begin(), component->installed.end());
    return over;
}

/// The same result has the times of the run that came to it first.
Result<TaskResult> with_times(const Work& work, const BuildConfig& recipe, const PlannedTask& planned, TaskResult over)
{
    const std::string key = memory_key(recipe, planned);
    ALBS_TRY(std::optional<TaskResult> known, recall(work.workspace, key, !work.retry));
    if (known && known->task.status == over.task.status && known->task.reason == over.task.reason &&
        known->task.srpm == over.task.srpm && !is_older(*known, work.manifest)) {
        over.task.started = known->task.started;
        over.task.finished = known->task.finished;
        return over;
    }
    work.view.made(planned.id);
    ALBS_CHECK(remember(work.workspace, key, over));
    return over;
}

/// Why its module does not have it for that architecture; empty: it has.
std::string not_in_module(const ModulePlace& place, const std::string& arch)
{
    if (place.component == nullptr || arch == "src" || place.component->arches.empty())
        return "";
    const std::vector<std::string>& arches = place.component->arches;
    if (std::find(arches.begin(), arches.end(), arch) != arches.end())
        return "";
    return format_text("component '{}' of module '{}:{}' is for {}", place.component->key, place.module->identity.name,
                       place.module->identity.stream, join_quoted(arches));
}

/// Why it is not to be built at all.
std::optional<TaskResult> refused(const BuildConfig& recipe, const PlannedTask& planned, const ModulePlace& place)
{
    if (std::string why = not_in_module(place, planned.arch); !why.empty())
        return not_built(recipe, planned, "arch", why);
    if (std::string why = needs_secure_boot(recipe.platform, planned.source.name); !why.empty())
        return not_built(recipe, planned, "secure-boot", why);
    if (!planned.refusal.empty())
        return not_built(recipe, planned, "notarization", planned.refusal);
    return std::nullopt;
}

/// What the package says for itself comes over what its module says, and that over what the run says.
Result<std::shared_ptr<const BuildConfig>> own_recipe(const Work& work, PlannedTask& planned)
{
    std::shared_ptr<const BuildConfig> none;
    const platform::Override* own = work.overrides.find(planned.source.name, planned.source.ref.value_or(""));
    const ModulePlan* module = work.modules.find(plain_id(planned.source)).module;
    if (own == nullptr)
        return module != nullptr ? module->recipe : none;
    BuildOptions options = module != nullptr ? module->options : work.options;
    options.recipe.platform = {work.recipe.platform.name()};
    options.recipe = with_own(std::move(options.recipe), *own);
    auto recipe = read_build_config(std::move(options), &work.workspace);
    if (!recipe)
        return of_package(std::move(recipe).error(), planned.source.name, work.options.sources.build_configs);
    recipe->solve = work.recipe.solve;
    if (recipe->platform.backend() == "mock") {
        ALBS_TRY(planned.lock, mock_configuration(*recipe, planned.arch, work.workspace));
    }
    return std::make_shared<const BuildConfig>(*std::move(recipe));
}

} // namespace

const BuildConfig& recipe_of(const Work& work, const PreparedTask& prepared)
{
    return prepared.own ? *prepared.own : work.recipe;
}

Result<PreparedTask> prepare(const Work& work, PlannedTask planned, bool wants_packages)
{
    const RunView::Shown shown = work.view.show(planned.id, "source package");
    PreparedTask prepared;
    ALBS_TRY(prepared.own, own_recipe(work, planned));
    prepared.planned = std::move(planned);
    const ModulePlace module = work.modules.find(plain_id(prepared.planned.source));
    if (module.component != nullptr)
        prepared.planned.installed_for_package = module.component->installed_for_package;
    if (module.component != nullptr && module.component->stage > 0) {
        ALBS_TRY(prepared.own, with_built_before(work, recipe_of(work, prepared), *module.component));
    }
    const BuildConfig& recipe = recipe_of(work, prepared);
    prepared.over = refused(recipe, prepared.planned, module);
    if (std::string why = lacks_before(work, module, prepared.planned); !prepared.over && !why.empty())
        prepared.over = skipped_since(recipe, prepared.planned, why);
    if (!prepared.over) {
        ALBS_TRY(prepared.over, make_package(work, recipe, prepared.planned));
    }
    if (prepared.over) {
        ALBS_TRY(prepared.over, with_times(work, recipe, prepared.planned, *std::move(prepared.over)));
        tell(work.messages, *prepared.over, "made");
    } else if (wants_packages && recipe.uses_roots()) {
        ALBS_TRY(SpecPlace place,
                 place_of_arch(recipe, prepared.planned.arch, prepared.planned.installed_for_package, work.workspace));
        ALBS_TRY(prepared.makes, packages_made(recipe, place, prepared.planned.arch, *prepared.planned.package,
                                               {work.workspace, work.scratch, work.messages}));
    }
    return prepared;
}

Result<TaskResult> end(const Work& work, const PreparedTask& prepared, TaskResult result)
{
    ALBS_TRY(result, with_times(work, recipe_of(work, prepared), prepared.planned, std::move(result)));
    tell(work.messages, result, "made");
    return result;
}

namespace {

/// The lock of a root with these needs; none if there is no such root.
Result<std::optional<Artifact>> lock_if_any(const Work& work, const BuildConfig& recipe, const PlannedTask& planned,
                                            const std::vector<std::string>& needs)
{
    std::optional<Artifact> none;
    auto lock = lock_of_root(recipe, planned.arch, needs, work.workspace);
    if (!lock)
        return lock.error().kind == Kind::input ? none : Result<std::optional<Artifact>>(tl::unexpected(lock.error()));
    return std::optional<Artifact>(*std::move(lock));
}

/// What would be the last root of a task now; none if there is no such root.
Result<std::optional<Artifact>> last_lock(const Work& work, const BuildConfig& recipe, const PlannedTask& planned,
                                          const TaskResult& known)
{
    if (known.further.empty())
        return planned.lock;
    std::vector<std::string> needs = planned.needs;
    needs.insert(needs.end(), known.further.begin(), known.further.end());
    return lock_if_any(work, recipe, planned, needs);
}

/// What an earlier run built in a root that differs from that of now only in packages that offer the same.
Result<std::optional<TaskResult>> made_in_equivalent(const Work& work, const BuildConfig& recipe,
                                                     const PlannedTask& planned)
{
    std::optional<TaskResult> none;
    std::string change;
    for (const std::string& digest : earlier_locks(work.workspace, recipe, planned)) {
        PlannedTask earlier = planned;
        earlier.lock->sha256 = digest;
        ALBS_TRY(std::optional<TaskResult> known, recall(work.workspace, memory_key(recipe, earlier), false));
        if (!known || known->task.status != "ok" || !known->task.buildroot || is_older(*known, work.manifest) ||
            !work.workspace.store().has(*known->task.buildroot))
            continue;
        ALBS_TRY(std::optional<Artifact> lock, last_lock(work, recipe, planned, *known));
        if (!lock)
            continue;
        ALBS_TRY(std::string before, work.workspace.store().read(*known->task.buildroot));
        ALBS_TRY(std::string now, work.workspace.store().read(lock->sha256));
        ALBS_TRY(RootChange root, compare_roots(before, now, work.workspace));
        if (!root.change.empty()) {
            change = change.empty() ? root.change : change;
            continue;
        }
        work.messages.note(format_text("not built again: its root differs only in {}, which offers the same as before",
                                       join_quoted(root.same)),
                           planned.id);
        known->task.equivalent_buildroot = lock->sha256;
        known->artifacts.push_back(*std::move(lock));
        return known;
    }
    if (!change.empty())
        work.messages.note("built again: " + change, planned.id);
    return none;
}

} // namespace

Result<std::optional<TaskResult>> made_earlier(const Work& work, const BuildConfig& recipe, const PlannedTask& asked)
{
    std::optional<TaskResult> none;
    PlannedTask planned = asked;
    if (!planned.lock) {
        ALBS_TRY(planned.lock, lock_if_any(work, recipe, planned, planned.needs));
        if (!planned.lock)
            return none;
    }
    ALBS_TRY(std::optional<TaskResult> known, recall(work.workspace, memory_key(recipe, planned), !work.retry));
    if (known && !is_older(*known, work.manifest)) {
        if (known->further.empty())
            return known;
        // Its last root was another one than that which is named in the key: it has to be the same again.
        ALBS_TRY(std::optional<Artifact> lock, last_lock(work, recipe, planned, *known));
        if (lock && known->task.buildroot && *known->task.buildroot == lock->sha256)
            return known;
    }
    return work.options.early_cutoff ? made_in_equivalent(work, recipe, planned) : none;
}

Result<TaskResult> finish(const Work& work, const PreparedTask& prepared, const Solve& solve,
                          const std::function<bool()>& is_void)
{
    BuildConfig recipe = recipe_of(work, prepared);
    recipe.solve = solve;
    PlannedTask planned = prepared.planned;
    const std::string key = time_key(planned.source.name, recipe.platform.name(), planned.arch);
    const RunView::Shown shown = work.view.show(planned.id, "root", remembered_time(work.workspace, key));
    if (!planned.lock) {
        ALBS_TRY(std::optional<TaskResult> over, lock(recipe, work.workspace, planned));
        if (over)
            return is_void() ? *std::move(over) : end(work, prepared, *std::move(over));
    }
    ALBS_TRY(std::optional<TaskResult> known, made_earlier(work, recipe, planned));
    if (is_void())
        return TaskResult();
    if (known) {
        known->task.verified = planned.verified;
        tell(work.messages, *known, "built earlier:");
        return *std::move(known);
    }
    ALBS_TRY(
        TaskResult built,
        build(recipe, planned, {work.workspace, work.scratch, work.processors, work.messages, work.view, work.runner}));
    if (is_void())
        return built;
    remember_time(work.workspace, key, built.task);
    tell(work.messages, built, "built");
    // Who fixes the time wants the same bytes from the same build, and what is measured is never the same.
    ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
    if (fixed)
        built.task.resources.reset();
    ALBS_CHECK(remember(work.workspace, memory_key(recipe, planned), built));
    if (recipe.uses_roots() && built.task.status == "ok")
        ALBS_CHECK(remember_lock(work.workspace, recipe, planned));
    return built;
}

} // namespace albs::build
