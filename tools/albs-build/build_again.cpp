// SPDX-License-Identifier: GPL-3.0-or-later
#include "build_again.hpp"

#include <algorithm>
#include <set>

#include "albs/buildroot/lock.hpp"
#include "base/format.hpp"
#include "mock.hpp"
#include "plan.hpp"
#include "recorded_options.hpp"
#include "root/locked_packages.hpp"
#include "source_package.hpp"

namespace albs::build {
namespace {

bool have_all(const buildroot::Lock& lock, const std::string& workspace)
{
    const std::vector<bool> there = repositories::are_there(repositories::wanted_of(lock, {}), workspace);
    return std::find(there.begin(), there.end(), false) == there.end();
}

/// The packages of the locks that it is built with.
Status fetch_packages(const Task& task, const BuildConfig& recipe, const ReproduceOptions& options,
                      const AgainContext& run)
{
    if (!recipe.uses_roots())
        return {};
    root::RequestOptions own;
    own.offline = options.offline;
    const repositories::Settings settings = root::settings_of(own, run.roots);
    ALBS_TRY(std::string packages, run.build.workspace.directory("dnf"));
    std::set<std::string> locks;
    for (const OptionalString& lock : {task.buildroot, task.srpm_buildroot})
        if (lock)
            locks.insert(*lock);
    for (const Transformation& one : task.transformations)
        if (one.buildroot)
            locks.insert(*one.buildroot);
    for (const std::string& digest : locks) {
        ALBS_TRY(std::string text, run.build.workspace.store().read(digest));
        ALBS_TRY(buildroot::Lock lock, buildroot::read_lock(text));
        ALBS_CHECK(root::take_from_store(lock, run.build.workspace.store(), packages));
        if (have_all(lock, run.roots.workspace_path)) // whatever became of the keys and files of repositories
            continue;
        Result<root::Request> request = root::Request();
        if (!options.offline)
            request = root::request_of(recipe.platform, lock.arch, own, run.roots.workspace_path);
        if (!request && (options.mirrors.empty() || request.error().kind == Kind::trust))
            return tl::unexpected<Error>(std::move(request).error());
        if (!request) // its keys are gone, say: the lock's digests vouch for what mirrors have
            run.roots.warn("the platform's repositories are not asked: " + request.error().message);
        ALBS_CHECK(root::fetch_locked(lock, request.value_or(root::Request()), options.mirrors, settings, run.roots));
    }
    return {};
}

/// Before anything is built: what comes out differently may be the platform's doing.
Result<PlatformComparison> compare_first(const Task& task, const BuildConfig& recipe, const BuildContext& context)
{
    ALBS_TRY(PlatformComparison platform, compare_platforms(task, recipe, context.workspace));
    for (const std::string& difference : platform.differences)
        context.messages.warning(format_text("platform '{}' is another than then: {}", task.platform, difference),
                                 task.id);
    return platform;
}

} // namespace

Result<BuiltAgain> build_again(const Task& task, const Source& source, const ReproduceOptions& options,
                               const Manifest& manifest, const AgainContext& run, const Variation& varied)
{
    const BuildContext& context = run.build;
    ALBS_TRY(BuildOptions own,
             recorded_options(task, options.platforms, options.flavors, context.workspace, context.scratch));
    own.limits.timeout = options.timeout;
    ALBS_TRY(BuildConfig recipe, read_build_config(own, &context.workspace));
    BuiltAgain built;
    ALBS_TRY(built.platform, compare_first(task, recipe, context));
    ALBS_CHECK(fetch_packages(task, recipe, options, run));
    TaskResult& result = built;
    PlannedTask planned{.id = std::string(plain_id(task)),
                        .source = source,
                        .arch = task.arch,
                        .verified = task.verified,
                        .refusal = ""};
    planned.pinned = task.pinned;
    if (task.source_date_epoch)
        planned.source.source_date_epoch = task.source_date_epoch;
    if (recipe.uses_roots() && task.srpm_buildroot) {
        ALBS_TRY(recipe.base_lock, context.workspace.store().read(*task.srpm_buildroot));
    }
    for (const Transformation& one : task.transformations)
        if (recipe.uses_roots() && one.buildroot) {
            ALBS_TRY(recipe.autospec_lock, context.workspace.store().read(*one.buildroot));
        }
    // What older versions built came as a source package, and was built as it was.
    recipe.srpm_as_is = recipe.srpm_as_is || !task.srpm;
    if (recipe.uses_roots()) {
        ALBS_TRY(planned.lock, lock_of_root(recipe, task.arch, {}, context.workspace));
    } else if (recipe.platform.backend() == "mock") {
        ALBS_TRY(planned.lock, mock_configuration(recipe, task.arch, context.workspace));
    } else {
        ALBS_TRY(planned.lock, lock_of_host(recipe, context.workspace));
    }
    if (!varied.empty() && recipe.platform.backend() == "mock")
        return fail(Kind::usage, "the surroundings of a build by mock are mock's: --vary cannot change them");
    SourcePackages maker(context.workspace, context.scratch, context.messages, false);
    ALBS_TRY(SourceOutcome outcome, maker.make(recipe, planned, manifest));
    planned.package = outcome.package;
    recipe.varied = varied; // not for the source package
    if (outcome.reason)
        result = without_package(recipe, planned, outcome);
    else if (task.arch == "src")
        result = package_alone(recipe, planned);
    else {
        ALBS_TRY(result, build(recipe, planned, context));
    }
    return built;
}

} // namespace albs::build
