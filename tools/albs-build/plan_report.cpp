// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan_report.hpp"

#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "check_options.hpp"
#include "cli/root_context.hpp"
#include "earlier_results.hpp"
#include "parts.hpp"
#include "plan_text.hpp"
#include "planned_modules.hpp"
#include "planned_roots.hpp"
#include "scratch.hpp"

namespace albs::build {
namespace {

class Planner {
public:
    Planner(const std::vector<Part>& parts, Queue& queue, const PlanOptions& options, root::Solver& solver,
            cli::Context& context)
        : queue_(queue), options_(options), solver_(solver), context_(context), earlier_(solver), parts_(parts),
          roots_(context.workspace_path())
    {
        for (const auto& group : queue_.groups)
            waves_.emplace(group.get(), waves_of(group->order()));
    }

    Status add_all()
    {
        // What is built first comes first: what those that come later see hangs on it.
        std::vector<const QueuedTask*> ordered;
        for (const QueuedTask& queued : queue_.tasks)
            ordered.push_back(&queued);
        std::stable_sort(ordered.begin(), ordered.end(), [&](const QueuedTask* one, const QueuedTask* other) {
            return wave_of(*one) < wave_of(*other);
        });
        ALBS_CHECK(earlier_.find(ordered));
        for (const QueuedTask* queued : ordered) {
            ALBS_TRY(Json task, add(*queued));
            tasks_.push(std::move(task));
        }
        tasks_ = planned_later(parts_, std::move(tasks_));
        for (const auto& group : queue_.groups)
            for (const std::string& note : group->order().notes)
                circles_.push(note);
        return {};
    }

    /// The sources of each platform's repositories that need what is built for it.
    Status add_dependants()
    {
        std::map<std::pair<const Work*, std::string>, std::set<std::string>> sources;
        for (const QueuedTask& queued : queue_.tasks)
            if (queued.work->recipe.uses_roots() && queued.prepared.planned.package)
                sources[{queued.work, queued.prepared.planned.arch}].insert(
                    queued.prepared.planned.package->package.info.name);
        dependants_ = Json::array();
        for (const auto& [place, names] : sources) {
            const platform::Platform& platform = place.first->recipe.platform;
            ALBS_TRY(auto found, solver_.dependants(platform, place.second, names));
            for (const repositories::DependantSource& one : found)
                dependants_.push(Json::object({{"source", one.name},
                                               {"platform", platform.name()},
                                               {"arch", place.second},
                                               {"source_package", one.source_package},
                                               {"package", one.package},
                                               {"need", one.need},
                                               {"of", one.provider}}));
        }
        return {};
    }

    Json document()
    {
        return Json::object({{"schema", "albs.build-plan/1"},
                             {"modules", planned_modules(parts_)},
                             {"tasks", std::move(tasks_)},
                             {"circles", std::move(circles_)},
                             {"dependants", std::move(dependants_)},
                             {"roots", roots_.take()}});
    }
    bool refused() const { return refused_; }

private:
    std::size_t wave_of(const QueuedTask& queued) const
    {
        return queued.group == nullptr ? 0 : waves_.at(queued.group)[queued.member];
    }

    Result<Json> add(const QueuedTask& queued)
    {
        const PreparedTask& prepared = queued.prepared;
        const BuildConfig& recipe = recipe_of(*queued.work, prepared);
        Json task = Json::object({{"id", prepared.planned.id},
                                  {"source", prepared.planned.source.id},
                                  {"platform", recipe.platform.name()},
                                  {"arch", prepared.planned.arch},
                                  {"module", module_of(queued)},
                                  {"options", Json::strings(recipe.options)},
                                  {"verified", prepared.planned.verified},
                                  {"build", true},
                                  {"reason", Json()},
                                  {"reuse", false},
                                  {"wave", 1},
                                  {"waits_for", Json::array()},
                                  {"late", Json()},
                                  {"needs", Json::strings(prepared.planned.needs)},
                                  {"root", Json()}});
        std::string why;
        if (prepared.over && prepared.over->task.reason)
            why = prepared.over->task.reason->message;
        if (why.empty() && queued.group != nullptr) {
            add_place(queued, task);
            why = queued.group->hindrance(queued.member);
        }
        if (why.empty())
            why = earlier_.failure(queued);
        if (why.empty())
            task.set("reuse", earlier_.has(queued));
        // This machine's toolchain has no root, mock decides about its own, and what is not built needs none.
        if (why.empty() && recipe.uses_roots()) {
            ALBS_TRY(why, add_root_of(queued, recipe, task));
        }
        if (!why.empty()) {
            task.set("build", false);
            task.set("reason", why);
            refused_ = refused_ || !prepared.over || prepared.over->task.reason->kind != "arch";
            if (queued.group != nullptr)
                ALBS_CHECK(queued.group->add(queued.member, {}, false));
        }
        return task;
    }

    void add_place(const QueuedTask& queued, Json& task) const
    {
        const Order& order = queued.group->order();
        Json waits = Json::array();
        for (const Wait& wait : order.waits[queued.member])
            waits.push(Json::object({{"task", queued.group->members()[wait.task].id}, {"need", wait.need}}));
        task.set("waits_for", std::move(waits));
        task.set("wave", static_cast<std::int64_t>(wave_of(queued)) + 1);
        if (!order.late[queued.member].empty())
            task.set("late", "nothing provides " + order.late[queued.member]);
    }

    /// Solves the task's root. Why there is none; empty: there is.
    Result<std::string> add_root_of(const QueuedTask& queued, const BuildConfig& recipe, Json& task)
    {
        const PlannedTask& planned = queued.prepared.planned;
        const bool is_reused = earlier_.has(queued);
        if (options_.no_roots)
            return std::string();
        if (!recipe.lock.empty()) {
            ALBS_TRY(buildroot::Lock lock, buildroot::read_lock(recipe.lock));
            task.set("root", roots_.add(recipe.platform.name(), lock));
            return std::string();
        }
        root::Solved solved;
        if (queued.group != nullptr) {
            ALBS_TRY(solved, queued.group->solve(queued.member, recipe.platform));
        } else {
            ALBS_TRY(solved, solver_.solve(recipe.platform, planned.arch, planned.needs, {}));
        }
        for (const std::string& warning : solved.answer.warnings)
            context_.messages.warning(warning, planned.id);
        if (!solved.answer.problems.empty() && is_reused)
            return std::string(); // what was built provides more than its specs say
        for (const std::string& problem : solved.answer.problems)
            context_.messages.note(problem, planned.id);
        if (!solved.answer.problems.empty() && may_come_yet(queued)) {
            task.set("late", solved.answer.problems.front());
            return std::string();
        }
        if (!solved.answer.problems.empty())
            return solved.answer.problems.front();
        task.set("root", roots_.add(recipe.platform.name(), planned.arch, solved));
        return std::string();
    }

    /// What there is no root with may be found in what others make, when they are built.
    static bool may_come_yet(const QueuedTask& queued)
    {
        return queued.group != nullptr && queued.group->count_open(queued.member) > 0;
    }

    Queue& queue_;
    const PlanOptions& options_;
    root::Solver& solver_;
    cli::Context& context_;
    std::map<const Group*, std::vector<std::size_t>> waves_;
    EarlierResults earlier_;
    const std::vector<Part>& parts_;
    Json tasks_ = Json::array();
    Json circles_ = Json::array();
    Json dependants_; ///< null: not asked for
    PlannedRoots roots_;
    bool refused_ = false;
};

std::string written(const Json& document, const std::string& format)
{
    if (format == "text")
        return plan_text(document);
    return format == "dot" ? plan_dot(document) : write_pretty_json(document) + "\n";
}

} // namespace

Result<cli::Outcome> show_plan(const PlanOptions& options, cli::Context& context, Manifest& manifest)
{
    BuildOptions build;
    build.recipe = options.recipe;
    build.sources = options.sources;
    build.run = options.run;
    ALBS_CHECK(check(build));
    store::Workspace* workspace = nullptr;
    const Jobs jobs = context.dry_run() ? Jobs() : jobs_of(context);
    if (!context.dry_run()) {
        ALBS_TRY(workspace, context.workspace());
    }
    ALBS_TRY(platform::Overrides overrides, read_overrides(options.sources.build_configs));
    ALBS_TRY(std::vector<Part> parts, read_parts(build, false, workspace, context, manifest));
    for (const Part& part : parts)
        if (options.rebuild_dependants && !part.recipe.uses_roots())
            return fail(Kind::usage,
                        format_text("--rebuild-dependants is for roots of packages, and backend '{}' makes none",
                                    part.recipe.platform.backend()));
    cli::Outcome outcome;
    Queue queue;
    root::Solver solver(options.recipe.root, cli::root_context(context));
    if (context.dry_run()) {
        for (const Part& part : parts)
            for (const PlannedTask& task : part.tasks)
                context.messages.note("would look at", task.id);
        outcome.document = written(Planner(parts, queue, options, solver, context).document(), options.format);
        return outcome;
    }
    std::optional<Scratch> scratch;
    if (!parts.empty()) {
        ALBS_TRY(scratch, Scratch::open(*workspace));
        ALBS_CHECK(open_parts(parts, build, manifest, solver, *workspace));
    }
    const std::string place = scratch ? scratch->path() : "";
    SourcePackages packages(*workspace, place, context.messages);
    RunView view(context.messages, jobs.most);
    std::vector<Lane> lanes =
        lanes_of(parts, {build, overrides, solver, *workspace, packages, place, view, jobs}, context, manifest, 0);
    ALBS_TRY(queue, make_queue(lanes, solver, jobs));
    Planner planner(parts, queue, options, solver, context);
    ALBS_CHECK(planner.add_all());
    if (options.rebuild_dependants)
        ALBS_CHECK(planner.add_dependants());
    outcome.verdict = planner.refused() ? cli::Verdict::no : cli::Verdict::yes;
    outcome.document = written(planner.document(), options.format);
    return outcome;
}

} // namespace albs::build
