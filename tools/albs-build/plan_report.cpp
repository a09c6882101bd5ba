// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan_report.hpp"

#include <map>

#include "base/digest.hpp"
#include "check_options.hpp"
#include "choose_platform.hpp"
#include "cli/root_context.hpp"
#include "plan.hpp"
#include "repositories/sync_once.hpp"
#include "scratch.hpp"
#include "source_package.hpp"

namespace albs::build {
namespace {

/// Where the root of a task comes from.
struct Origin {
    root::Request request;
    std::vector<repositories::SyncedRepository> repositories;
};

/// Why it would not be built; kind as in the reason of a task, empty: it would be.
struct Refusal {
    std::string kind;
    std::string why;
};

Refusal refusal_of(const Recipe& recipe, const PlannedTask& planned, const SourceOutcome& outcome)
{
    if (std::string why = needs_secure_boot(recipe.platform, planned.source.name); !why.empty())
        return {"secure-boot", why};
    if (!planned.refusal.empty())
        return {"notarization", planned.refusal};
    if (outcome.reason)
        return {outcome.reason->kind, outcome.reason->message};
    if (std::string why = not_for(outcome.spec, planned.arch); !why.empty())
        return {"arch", why};
    return {};
}

class Planner {
public:
    Planner(const BuildConfig& recipe, const platform::Overrides& overrides, const PlanOptions& options,
            cli::Context& context, store::Workspace& workspace, SourcePackages& packages)
        : recipe_(recipe), overrides_(overrides), options_(options), context_(context), workspace_(workspace),
          packages_(packages), once_(root::settings_of(options.recipe.root, cli::root_context(context)))
    {
    }

    /// The task's record, and its root's if no other task has it.
    Result<Json> add(const PlannedTask& planned, const Manifest& manifest)
    {
        const platform::Override* own = overrides_.find(planned.source.name, planned.source.ref.value_or(""));
        if (own == nullptr)
            return add_as(recipe_, planned, manifest);
        auto recipe = read_recipe(with_own(options_.recipe, *own), false, &workspace_);
        if (!recipe)
            return of_package(std::move(recipe).error(), planned.source.name, options_.sources);
        BuildConfig own_recipe;
        static_cast<Recipe&>(own_recipe) = *std::move(recipe);
        own_recipe.solve = recipe_.solve;
        return add_as(own_recipe, planned, manifest);
    }

    Json roots() const { return roots_; }
    bool refused() const { return refused_; }

private:
    Result<Json> add_as(const BuildConfig& recipe, const PlannedTask& planned, const Manifest& manifest)
    {
        ALBS_TRY(SourceOutcome outcome, packages_.make(recipe, planned, manifest));
        const std::vector<std::string>& needs = outcome.spec.needs;
        Refusal refusal = refusal_of(recipe, planned, outcome);
        Json task = Json::object({{"id", planned.id},
                                  {"source", planned.source.id},
                                  {"platform", recipe.platform.name()},
                                  {"arch", planned.arch},
                                  {"options", Json::strings(recipe.options)},
                                  {"verified", planned.verified},
                                  {"build", true},
                                  {"reason", Json()},
                                  {"needs", Json::strings(needs)},
                                  {"root", Json()}});
        // This machine's toolchain has no root, mock decides about its own, and what is not built needs none.
        if (refusal.kind.empty() && recipe.uses_roots()) {
            ALBS_TRY(refusal, add_root_of(recipe, planned, needs, task));
        }
        if (!refusal.kind.empty()) {
            task.set("build", false);
            task.set("reason", refusal.why);
            refused_ = refused_ || refusal.kind != "arch";
        }
        return task;
    }

    /// Solves the task's root. A refusal: there is none.
    Result<Refusal> add_root_of(const Recipe& recipe, const PlannedTask& planned, const std::vector<std::string>& needs,
                                Json& task)
    {
        Origin origin;
        ALBS_TRY(origin.request,
                 root::request_of(recipe.platform, planned.arch, options_.recipe.root, context_.workspace_path()));
        ALBS_TRY(origin.repositories, once_.sync(origin.request.repositories));
        repositories::RootQuery question = origin.request.question;
        question.needs = needs;
        ALBS_TRY(repositories::RootSolution answer,
                 repositories::resolve(origin.repositories, question, once_.settings()));
        for (const std::string& warning : answer.warnings)
            context_.messages.warning(warning, planned.id);
        for (const std::string& problem : answer.problems)
            context_.messages.note(problem, planned.id);
        if (!answer.problems.empty())
            return Refusal{"dependency", answer.problems.front()};
        task.set("root", add_root(origin, answer));
        return Refusal{};
    }

    std::string add_root(const Origin& origin, const repositories::RootSolution& answer)
    {
        std::vector<bool> there =
            repositories::are_there(repositories::wanted_of(answer, origin.repositories), context_.workspace_path());
        Json packages = Json::array();
        std::string all = origin.request.question.arch + "\n";
        std::int64_t size = 0;
        std::int64_t missing = 0;
        std::int64_t installed = 0;
        for (std::size_t i = 0; i < answer.packages.size(); ++i) {
            const solve::Description& one = answer.packages[i];
            all += one.nevra + " " + one.checksum + "\n";
            size += one.size;
            missing += there[i] ? 0 : one.size;
            installed += one.installed_size;
            packages.push(Json::object({{"nevra", one.nevra},
                                        {"sha256", one.checksum_algorithm == "sha256" ? Json(one.checksum) : Json()},
                                        {"size", one.size},
                                        {"repository", one.repository},
                                        {"there", static_cast<bool>(there[i])}}));
        }
        std::string id = sha256(all).hex();
        if (known_.emplace(id, true).second)
            roots_.push(Json::object({{"id", id},
                                      {"platform", origin.request.platform},
                                      {"arch", origin.request.question.arch},
                                      {"modules", Json::strings(answer.modules)},
                                      {"size", size},
                                      {"missing", missing},
                                      {"installed", installed},
                                      {"packages", std::move(packages)}}));
        return id;
    }

    const BuildConfig& recipe_;
    const platform::Overrides& overrides_;
    const PlanOptions& options_;
    cli::Context& context_;
    store::Workspace& workspace_;
    SourcePackages& packages_;
    repositories::SyncOnce once_;
    std::map<std::string, bool> known_;
    Json roots_ = Json::array();
    bool refused_ = false;
};

} // namespace

Result<cli::Outcome> show_plan(const PlanOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check(options.recipe));
    store::Workspace* workspace = nullptr;
    if (!context.dry_run()) {
        ALBS_TRY(workspace, context.workspace());
    }
    BuildConfig recipe;
    ALBS_TRY(static_cast<Recipe&>(recipe), read_recipe(options.recipe, false, workspace));
    ALBS_CHECK(check_backend(recipe, options.recipe.root));
    ALBS_TRY(platform::Overrides overrides, read_overrides(options.sources));
    ALBS_TRY(std::vector<PlannedTask> tasks, plan(recipe, manifest, options.sources, false, context));
    cli::Outcome outcome;
    Json list = Json::array();
    Json roots = Json::array();
    if (context.dry_run()) {
        for (const PlannedTask& task : tasks)
            context.messages.note("would look at", task.id);
    } else if (!tasks.empty()) {
        root::Solver solver(options.recipe.root, cli::root_context(context));
        recipe.solve = [&solver](const platform::Platform& platform, const std::string& arch,
                                 const std::vector<std::string>& asked) { return solver.lock(platform, arch, asked); };
        ALBS_TRY(Scratch scratch, Scratch::open(*workspace));
        SourcePackages packages(*workspace, scratch.path(), context.messages);
        Planner planner(recipe, overrides, options, context, *workspace, packages);
        for (const PlannedTask& task : tasks) {
            ALBS_TRY(Json record, planner.add(task, manifest));
            list.push(std::move(record));
        }
        roots = planner.roots();
        if (planner.refused())
            outcome.verdict = cli::Verdict::no;
    }
    outcome.document =
        write_pretty_json(
            Json::object({{"schema", "albs.build-plan/1"}, {"tasks", std::move(list)}, {"roots", std::move(roots)}})) +
        "\n";
    return outcome;
}

} // namespace albs::build
