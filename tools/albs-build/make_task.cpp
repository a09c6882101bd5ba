// SPDX-License-Identifier: GPL-3.0-or-later
#include "make_task.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "choose_platform.hpp"
#include "mock.hpp"
#include "plan.hpp"
#include "task_result.hpp"

namespace albs::build {
namespace {

void tell(cli::Messages& messages, const TaskResult& built, const char* how)
{
    auto packages = std::count_if(built.artifacts.begin(), built.artifacts.end(), [](const Artifact& artifact) {
        return artifact.kind == "rpm" || artifact.kind == "srpm";
    });
    if (built.task.status == "ok")
        messages.note(std::string(how) + " " + std::to_string(packages) + " packages", built.task.id);
    else if (built.task.reason) {
        const Reason& reason = *built.task.reason;
        const std::string why = format_text("in {} ({}): {}", reason.phase, reason.kind, reason.message);
        if (built.task.status == "failed") // who asks for less to be said still wants to know this
            messages.warning("failed " + why, built.task.id);
        else
            messages.note("skipped " + why, built.task.id);
    }
}

/// An attempt that ended before the one in force would not count.
bool is_older(const TaskResult& built, const Manifest& manifest)
{
    const Task* known = manifest.task(built.task.id);
    return known != nullptr && built.task.finished < known->finished;
}

/// Finds the root that the task is going to be built in. A task that is over with that is returned.
Result<std::optional<TaskResult>> lock(const Work& work, PlannedTask& planned)
{
    std::optional<TaskResult> over;
    auto found = lock_of_root(work.recipe, planned.arch, planned.needs, work.workspace);
    if (found)
        planned.lock = *std::move(found);
    else if (found.error().kind == Kind::input)
        over = not_built(work.recipe, planned, "dependency", found.error().message);
    else
        return tl::unexpected(std::move(found).error());
    return over;
}

/// Makes the source package. A task that is over with that is returned: for good or not.
Result<std::optional<TaskResult>> prepare(const Work& work, PlannedTask& planned)
{
    std::optional<TaskResult> over;
    ALBS_TRY(SourceOutcome outcome, work.packages.make(work.recipe, planned, work.manifest));
    planned.package = std::move(outcome.package);
    if (outcome.reason)
        over = without_package(work.recipe, planned, outcome);
    else if (planned.arch == "src")
        over = package_alone(work.recipe, planned);
    else if (std::string why = not_for(outcome.spec, planned.arch); !why.empty())
        over = not_built(work.recipe, planned, "arch", why);
    planned.needs = std::move(outcome.spec.needs);
    return over;
}

/// The same result has the times of the run that came to it first.
Result<TaskResult> with_times(const Work& work, const PlannedTask& planned, TaskResult over)
{
    const std::string key = memory_key(work.recipe, planned);
    ALBS_TRY(std::optional<TaskResult> known, recall(work.workspace, key, !work.retry));
    if (known && known->task.status == over.task.status && known->task.reason == over.task.reason &&
        known->task.srpm == over.task.srpm && !is_older(*known, work.manifest)) {
        over.task.started = known->task.started;
        over.task.finished = known->task.finished;
        return over;
    }
    ALBS_CHECK(remember(work.workspace, key, over));
    return over;
}

/// Why it is not to be built at all.
std::optional<TaskResult> refused(const Work& work, const PlannedTask& planned)
{
    if (std::string why = needs_secure_boot(work.recipe.platform, planned.source.name); !why.empty())
        return not_built(work.recipe, planned, "secure-boot", why);
    if (!planned.refusal.empty())
        return not_built(work.recipe, planned, "notarization", planned.refusal);
    return std::nullopt;
}

Result<TaskResult> make_as(const Work& work, PlannedTask planned)
{
    std::optional<TaskResult> over = refused(work, planned);
    if (!over) {
        ALBS_TRY(over, prepare(work, planned));
        if (over && (planned.arch == "src" || over->task.status == "failed")) {
            ALBS_TRY(over, with_times(work, planned, *std::move(over)));
        }
    }
    if (!over && !planned.lock) {
        ALBS_TRY(over, lock(work, planned));
    }
    if (over) {
        tell(work.messages, *over, "made");
        return *std::move(over);
    }
    std::string key = memory_key(work.recipe, planned);
    ALBS_TRY(std::optional<TaskResult> known, recall(work.workspace, key, !work.retry));
    if (known && !is_older(*known, work.manifest)) {
        known->task.verified = planned.verified;
        tell(work.messages, *known, "built earlier:");
        return *std::move(known);
    }
    ALBS_TRY(TaskResult built,
             build(work.recipe, planned, {work.workspace, work.scratch, work.processors, work.messages}));
    ALBS_CHECK(remember(work.workspace, key, built));
    tell(work.messages, built, "built");
    return built;
}

} // namespace

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
    return make_as({work.options, work.overrides, *recipe, work.manifest, work.workspace, work.packages, work.scratch,
                    work.processors, work.retry, work.messages},
                   std::move(anew));
}

} // namespace albs::build
