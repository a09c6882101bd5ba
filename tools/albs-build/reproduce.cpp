// SPDX-License-Identifier: GPL-3.0-or-later
#include "reproduce.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "build_times.hpp"
#include "mock.hpp"
#include "plan.hpp"
#include "platform_of_then.hpp"
#include "recorded_options.hpp"
#include "rpm/library.hpp"
#include "run_task.hpp"
#include "scratch.hpp"
#include "sys/parallel.hpp"

namespace albs::build {
namespace {

using Verdict = rpm::Difference::Verdict;

struct Comparison {
    Json report;
    bool same = true;
};

/// The recorded package beside the one of that name that came out now.
Result<Comparison> compare_package(const Artifact& recorded, const TaskResult& built, const store::Store& store)
{
    Comparison comparison{Json::object({{"name", recorded.name},
                                        {"verdict", "missing"},
                                        {"recorded", recorded.sha256},
                                        {"rebuilt", Json()},
                                        {"tags", Json::array()},
                                        {"file", Json()},
                                        {"what", Json()}}),
                          false};
    auto again = std::find_if(built.artifacts.begin(), built.artifacts.end(), [&](const Artifact& artifact) {
        return artifact.name == recorded.name && artifact.kind == recorded.kind;
    });
    if (again == built.artifacts.end())
        return comparison;
    comparison.report.set("rebuilt", again->sha256);
    rpm::Difference difference;
    if (again->sha256 != recorded.sha256) {
        ALBS_TRY(std::string first, store.path(recorded.sha256));
        ALBS_TRY(std::string second, store.path(again->sha256));
        ALBS_TRY(difference, rpm::library().compare(first, second));
    }
    comparison.same = difference.verdict == Verdict::identical || difference.verdict == Verdict::signature;
    comparison.report.set("verdict", rpm::verdict_name(difference.verdict));
    comparison.report.set("tags", Json::strings(difference.tags));
    if (difference.file) {
        comparison.report.set("file", *difference.file);
        comparison.report.set("what", *difference.what);
    }
    return comparison;
}

struct BuiltAgain : TaskResult {
    PlatformComparison platform;
};

/// Before anything is built: what comes out differently may be the platform's doing.
Result<PlatformComparison> compare_first(const Task& task, const BuildConfig& recipe, const BuildContext& context)
{
    ALBS_TRY(PlatformComparison platform, compare_platforms(task, recipe, context.workspace));
    for (const std::string& difference : platform.differences)
        context.messages.warning(format_text("platform '{}' is another than then: {}", task.platform, difference),
                                 task.id);
    return platform;
}

/// The source package and the packages, made as they were made then.
Result<BuiltAgain> build_again(const Task& task, const Source& source, const ReproduceOptions& options,
                               const Manifest& manifest, const BuildContext& context)
{
    ALBS_TRY(BuildOptions own,
             recorded_options(task, options.platforms, options.flavors, context.workspace, context.scratch));
    own.limits.timeout = options.timeout;
    ALBS_TRY(BuildConfig recipe, read_build_config(own, &context.workspace));
    BuiltAgain built;
    ALBS_TRY(built.platform, compare_first(task, recipe, context));
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
    SourcePackages maker(context.workspace, context.scratch, context.messages, false);
    ALBS_TRY(SourceOutcome outcome, maker.make(recipe, planned, manifest));
    planned.package = outcome.package;
    if (outcome.reason)
        result = without_package(recipe, planned, outcome);
    else if (task.arch == "src")
        result = package_alone(recipe, planned);
    else {
        ALBS_TRY(result, build(recipe, planned, context));
    }
    return built;
}

/// Builds the task anew, by its own words, and compares every package of it.
Result<Comparison> reproduce_task(const Task& task, const ReproduceOptions& options, const Manifest& manifest,
                                  const BuildContext& context)
{
    const Source* source = manifest.source(task.source);
    if (source == nullptr)
        return fail(Kind::input, "task '" + task.id + "' names a source that the manifest lacks");
    const std::string id(plain_id(task));
    const std::string key = time_key(std::string(source->name), task.platform, task.arch);
    const RunView::Shown shown = context.view.show(id, "source package", remembered_time(context.workspace, key));
    ALBS_TRY(BuiltAgain built, build_again(task, *source, options, manifest, context));
    const PlatformComparison& platform = built.platform;
    Comparison comparison{
        Json::object(
            {{"id", task.id},
             {"status", built.task.status},
             {"reason", to_json(built.task).find("reason") != nullptr ? *to_json(built.task).find("reason") : Json()},
             {"same_platform", platform.same ? Json(*platform.same) : Json()},
             {"platform_differences", Json::strings(platform.differences)},
             {"same_toolchain", task.buildroot == built.task.buildroot && platform.same.value_or(true)}}),
        built.task.status == "ok"};
    Json packages = Json::array();
    for (const JsonText& digest : task.artifacts) {
        const Artifact* artifact = manifest.artifact(digest);
        if (artifact == nullptr || !artifact->rpm)
            continue;
        ALBS_TRY(Comparison one, compare_package(*artifact, built, context.workspace.store()));
        comparison.same = comparison.same && one.same;
        packages.push(std::move(one.report));
    }
    comparison.report.set("same", comparison.same);
    comparison.report.set("packages", std::move(packages));
    return comparison;
}

std::vector<ExpectedTask> expected_of(const std::vector<Task>& tasks, const Manifest& manifest,
                                      const store::Workspace& workspace)
{
    std::vector<ExpectedTask> expected;
    for (const Task& task : tasks) {
        const Source* source = manifest.source(task.source);
        const std::string key = time_key(source == nullptr ? "" : std::string(source->name), task.platform, task.arch);
        expected.push_back({.id = std::string(plain_id(task)), .took_ms = remembered_time(workspace, key)});
    }
    return expected;
}

} // namespace

Result<cli::Outcome> reproduce(const ReproduceOptions& options, cli::Context& context, Manifest& manifest)
{
    std::vector<Task> tasks;
    for (const Task* task : manifest.in_force<Task>())
        if (task->status == "ok")
            tasks.push_back(*task);
    std::vector<Comparison> comparisons(tasks.size());
    if (context.dry_run())
        for (const Task& task : tasks)
            context.messages.note("would build again", task.id);
    else if (!tasks.empty()) {
        ALBS_TRY(store::Workspace * workspace, context.workspace());
        ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
        std::size_t at_once = std::min(tasks.size(), context.jobs());
        RunView view(context.messages, at_once);
        view.expect(expected_of(tasks, manifest, *workspace));
        BuildContext build_context{*workspace, scratch.path(),
                                   static_cast<std::int64_t>(std::max<std::size_t>(1, context.jobs() / at_once)),
                                   context.messages, view};
        ALBS_CHECK(sys::for_each_parallel(tasks.size(), at_once, [&](std::size_t i) -> Status {
            ALBS_TRY(comparisons[i], reproduce_task(tasks[i], options, manifest, build_context));
            view.over(i, !comparisons[i].same);
            context.messages.note(comparisons[i].same ? "came out the same" : "came out different", tasks[i].id);
            return {};
        }));
    }
    cli::Outcome outcome;
    Json list = Json::array();
    for (Comparison& comparison : comparisons) {
        if (!comparison.same)
            outcome.verdict = cli::Verdict::no;
        if (comparison.report.is_object())
            list.push(std::move(comparison.report));
    }
    outcome.document =
        write_pretty_json(Json::object({{"schema", "albs.reproduction/1"}, {"tasks", std::move(list)}})) + "\n";
    return outcome;
}

} // namespace albs::build
