// SPDX-License-Identifier: GPL-3.0-or-later
#include "reproduce.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "albs/json/fields.hpp"
#include "albs/manifest/record_index.hpp"
#include "base/format.hpp"
#include "build_again.hpp"
#include "build_times.hpp"
#include "cli/root_context.hpp"
#include "compare_again.hpp"
#include "diffoscope.hpp"
#include "directory_order.hpp"
#include "fetch_again.hpp"
#include "jobs.hpp"
#include "published.hpp"
#include "scratch.hpp"
#include "sys/parallel.hpp"

namespace albs::build {
namespace {

struct Comparison {
    Json report;
    bool same = true;
    std::vector<Reproduction> records = {};
};

/// What of the surroundings shows in the packages: {"varied", "causes", "packages"}, the last for the causes.
Result<Json> vary_task(const Task& task, const Source& source, Variation varied, const ReproduceOptions& options,
                       const Manifest& manifest, const RecordIndex& records, const AgainContext& run)
{
    ALBS_CHECK(leave_out_order(varied, run.build, task.id));
    if (varied.empty())
        return Json::object({{"varied", Json::array()}, {"causes", Json::array()}, {"packages", Json::array()}});
    std::map<Variation, PackageComparisons> tried;
    auto differs = [&](const Variation& these) -> Result<bool> {
        ALBS_TRY(BuiltAgain built, build_again(task, source, options, manifest, run, these));
        ALBS_TRY(PackageComparisons compared,
                 compare_packages(task, built, manifest, records, run.build.workspace.store()));
        const bool is_other = !compared.only_metadata;
        tried.insert_or_assign(these, std::move(compared));
        return is_other;
    };
    ALBS_TRY(bool is_other, differs(varied));
    Variation causes;
    if (is_other) {
        ALBS_TRY(causes, find_causes(varied, differs));
    }
    auto list = [](const Variation& words) {
        return Json::strings(std::vector<std::string>(words.begin(), words.end()));
    };
    return Json::object({{"varied", list(varied)},
                         {"causes", list(causes)},
                         {"packages", std::move(tried.at(is_other ? causes : varied).reports)}});
}

/// Adds what diffoscope says of each package that differs: the digest of its text, null where there is none. That it
/// failed is a warning.
void add_details(PackageComparisons& packages, const std::string& id, const BuildContext& context)
{
    const store::Store& store = context.workspace.store();
    for (std::size_t i = 0; i < packages.records.size(); ++i) {
        const Reproduction& record = packages.records[i];
        Json& report = packages.reports.elements()->at(i);
        report.set("diffoscope", Json());
        const bool is_other = record.verdict == "payload" || record.verdict == "differs";
        if (!is_other || !has_diffoscope() || !record.rebuilt || !store.has(record.artifact) ||
            !store.has(*record.rebuilt))
            continue;
        auto text = ask_diffoscope(std::string(record.artifact), std::string(*record.rebuilt), std::string(record.name),
                                   context);
        if (!text) {
            context.messages.warning("diffoscope: " + text.error().message, id);
        } else if (*text) {
            report.set("diffoscope", **text);
            context.messages.note(format_text("what differs in '{}', as diffoscope says: {}", record.name,
                                              store.path(**text).value_or(**text)),
                                  id);
        }
    }
}

/// A report about a task that could not be built again, with the reason.
Comparison not_built_again(const Task& task, const std::string& why)
{
    return {Json::object({{"id", task.id},
                          {"status", Json()},
                          {"reason", Json::object({{"kind", "infrastructure"}, {"message", why}})},
                          {"same_platform", Json()},
                          {"platform_differences", Json::array()},
                          {"same_toolchain", Json()},
                          {"same", false},
                          {"packages", Json::array()}}),
            false};
}

/// Builds the task anew, by its own words, and compares every package of it.
Result<Comparison> reproduce_task(const Task& task, const ReproduceOptions& options, const Manifest& manifest,
                                  const RecordIndex& records, const AgainContext& run)
{
    const BuildContext& context = run.build;
    const Source* source = manifest.source(task.source);
    if (source == nullptr)
        return fail(Kind::input, "task '" + task.id + "' names a source that the manifest lacks");
    const std::string id(plain_id(task));
    const std::string key = time_key(std::string(source->name), task.platform, task.arch);
    const RunView::Shown shown = context.view.show(id, "source package", remembered_time(context.workspace, key));
    ALBS_TRY(BuiltAgain built, build_again(task, *source, options, manifest, run));
    const PlatformComparison& platform = built.platform;
    Comparison comparison{
        Json::object(
            {{"id", task.id},
             {"status", built.task.status},
             {"reason", to_json(built.task).find("reason") != nullptr ? *to_json(built.task).find("reason") : Json()},
             {"same_platform", platform.same ? Json(*platform.same) : Json()},
             {"platform_differences", Json::strings(platform.differences)},
             {"same_toolchain", task.buildroot == built.task.buildroot && platform.same.value_or(true)}}),
        false};
    ALBS_TRY(PackageComparisons packages, compare_packages(task, built, manifest, records, context.workspace.store()));
    add_details(packages, id, context);
    comparison.same = packages.same;
    comparison.report.set("same", comparison.same);
    comparison.report.set("packages", std::move(packages.reports));
    comparison.records = std::move(packages.records);
    ALBS_TRY(Variation varied, read_variation(options.vary));
    if (varied.empty() || !packages.only_metadata) // else it differs by itself already
        return comparison;
    ALBS_TRY(Json variation, vary_task(task, *source, varied, options, manifest, records, run));
    comparison.same = comparison.same && variation.find("causes")->elements()->empty();
    comparison.report.set("variation", std::move(variation));
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

/// All of a run that goes on when one task cannot be built again.
struct Reproductions {
    std::vector<Comparison> comparisons;
    std::vector<Error> errors; ///< of tasks that could not be built again
};

Result<Reproductions> reproduce_all(const std::vector<Task>& tasks, const ReproduceOptions& options,
                                    const Manifest& manifest, cli::Context& context)
{
    const Jobs jobs = jobs_of(context);
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
    const std::size_t at_once = std::min(tasks.size(), jobs.most);
    RunView view(context.messages, at_once);
    view.expect(expected_of(tasks, manifest, *workspace));
    BuildContext build_context{*workspace, scratch.path(), jobs.processors(at_once), context.messages, view};
    const AgainContext run{build_context, cli::root_context(context)};
    const RecordIndex records(manifest);
    Reproductions all;
    all.comparisons.resize(tasks.size());
    std::mutex mutex;
    ALBS_CHECK(sys::for_each_parallel(tasks.size(), at_once, [&](std::size_t i) -> Status {
        const auto slot = jobs.slots.take();
        Result<Comparison> one = reproduce_task(tasks[i], options, manifest, records, run);
        if (!one && one.error().kind == Kind::trust)
            return tl::unexpected<Error>(std::move(one).error());
        if (!one) {
            context.messages.warning("could not be built again: " + one.error().message, tasks[i].id);
            all.comparisons[i] = not_built_again(tasks[i], one.error().message);
            view.over(i, true);
            std::lock_guard guard(mutex);
            all.errors.push_back(std::move(one).error());
            return {};
        }
        all.comparisons[i] = *std::move(one);
        view.over(i, !all.comparisons[i].same);
        context.messages.note(all.comparisons[i].same ? "came out the same" : "came out different", tasks[i].id);
        return {};
    }));
    return all;
}

/// The tasks that made what is asked about.
std::vector<Task> tasks_to_reproduce(const Manifest& manifest, const Published& published)
{
    std::vector<Task> tasks;
    for (const Task* task : manifest.in_force<Task>()) {
        const bool is_asked = published.packages.empty() ||
                              std::any_of(task->artifacts.begin(), task->artifacts.end(), [&](const JsonText& digest) {
                                  return published.packages.contains(std::string(digest));
                              });
        if (task->status == "ok" && is_asked)
            tasks.push_back(*task);
    }
    return tasks;
}

Status bring_files(const std::vector<Task>& tasks, const Published& published, const ReproduceOptions& options,
                   const Manifest& manifest, cli::Context& context)
{
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_CHECK(take_published(published, manifest, *workspace, context.jobs()));
    std::vector<std::string> sources;
    for (const Task& task : tasks)
        if (std::find(sources.begin(), sources.end(), task.source) == sources.end())
            sources.emplace_back(task.source);
    return options.offline ? Status() : fetch_again(manifest, sources, options.lookaside, context);
}

/// A manifest that has nothing but what came out: whoever records it vouches for no build of others.
Result<cli::Outcome> manifest_of(const std::vector<Comparison>& comparisons, Manifest& manifest)
{
    cli::Outcome outcome;
    manifest = Manifest();
    for (const Comparison& comparison : comparisons) {
        if (!comparison.same)
            outcome.verdict = cli::Verdict::no;
        for (const Reproduction& record : comparison.records)
            ALBS_CHECK(manifest.add(record));
    }
    return outcome;
}

cli::Outcome report_of(std::vector<Comparison> comparisons)
{
    cli::Outcome outcome;
    Json list = Json::array();
    for (Comparison& comparison : comparisons) {
        if (!comparison.same)
            outcome.verdict = cli::Verdict::no;
        list.push(std::move(comparison.report));
    }
    outcome.document =
        write_pretty_json(Json::object({{"schema", "albs.reproduction/1"}, {"tasks", std::move(list)}})) + "\n";
    return outcome;
}

} // namespace

Result<cli::Outcome> reproduce(const ReproduceOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(read_variation(options.vary));
    ALBS_TRY(const Published published, read_published(context.operands, manifest));
    const std::vector<Task> tasks = tasks_to_reproduce(manifest, published);
    if (context.dry_run()) {
        for (const Task& task : tasks)
            context.messages.note("would build again", task.id);
    }
    if (context.dry_run() || tasks.empty())
        return options.format == "manifest" ? manifest_of({}, manifest) : report_of({});
    ALBS_CHECK(bring_files(tasks, published, options, manifest, context));
    ALBS_TRY(Reproductions all, reproduce_all(tasks, options, manifest, context));
    if (!has_diffoscope() &&
        std::any_of(all.comparisons.begin(), all.comparisons.end(), [](const Comparison& one) { return !one.same; }))
        context.messages.note("diffoscope is not installed; with it, reproduce would say what differs in files");
    // As with many sources: one that fails is told in the report, and if all do there is none.
    if (all.errors.size() == tasks.size())
        return tl::unexpected<Error>(std::move(all.errors.front()));
    if (options.format == "manifest")
        return manifest_of(all.comparisons, manifest);
    return report_of(std::move(all.comparisons));
}

} // namespace albs::build
