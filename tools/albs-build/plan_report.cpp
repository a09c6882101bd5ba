// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan_report.hpp"

#include <map>
#include <optional>

#include "base/digest.hpp"
#include "cli/root_context.hpp"
#include "plan.hpp"
#include "repositories/sync_once.hpp"
#include "rpm/package.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// All that is the same for the tasks of one architecture.
struct Arch {
    root::Request request;
    std::vector<repositories::SyncedRepository> repositories;
};

/// BuildRequires of the source package; of this tool's rpm they are no matter.
Result<std::vector<std::string>> needs_of(const Source& source, const Manifest& manifest,
                                          const store::Workspace& workspace)
{
    const Artifact* artifact = manifest.artifact(source.srpm);
    if (artifact == nullptr)
        return fail(Kind::input, "source '" + source.id + "' names a source package that the manifest lacks");
    ALBS_TRY(std::string path, store::Store(workspace.store()).path(source.srpm));
    ALBS_TRY(rpm::Package package, rpm::read_package(path));
    std::vector<std::string> needs;
    for (const rpm::Dependency& one : package.needs)
        if (!one.name.starts_with("rpmlib("))
            needs.push_back(one.text());
    return needs;
}

class Planner {
public:
    Planner(const BuildConfig& recipe, const Options& options, cli::Context& context, store::Workspace& workspace)
        : recipe_(recipe), options_(options), context_(context), workspace_(workspace),
          once_(root::settings_of(options.root.offline, cli::root_context(context)))
    {
    }

    /// The task's record, and its root's if no other task has it.
    Result<Json> add(const PlannedTask& planned, const Manifest& manifest)
    {
        ALBS_TRY(std::vector<std::string> needs, needs_of(planned.source, manifest, workspace_));
        Json task = Json::object({{"id", planned.id},
                                  {"source", planned.source.id},
                                  {"platform", recipe_.platform.name()},
                                  {"arch", planned.arch},
                                  {"verified", planned.verified},
                                  {"build", planned.refusal.empty()},
                                  {"reason", planned.refusal.empty() ? Json() : Json(planned.refusal)},
                                  {"needs", Json::strings(needs)},
                                  {"root", Json()}});
        refused_ = refused_ || !planned.refusal.empty();
        ALBS_TRY(const Arch* arch, look_at(planned.arch));
        if (arch->repositories.empty())
            return task; // this machine's toolchain
        repositories::RootQuery question = arch->request.question;
        question.needs = needs;
        ALBS_TRY(repositories::RootSolution answer, repositories::resolve(arch->repositories, question, once_.settings()));
        for (const std::string& warning : answer.warnings)
            context_.messages.warning(warning, planned.id);
        if (!answer.problems.empty()) {
            for (const std::string& problem : answer.problems)
                context_.messages.note(problem, planned.id);
            refused_ = true;
            task.set("build", false);
            task.set("reason", answer.problems.front());
            return task;
        }
        task.set("root", add_root(*arch, answer));
        return task;
    }

    Json roots() const { return roots_; }
    bool refused() const { return refused_; }

private:
    Result<const Arch*> look_at(const std::string& name)
    {
        auto [at, fresh] = arches_.try_emplace(name);
        if (fresh) {
            ALBS_TRY(at->second.request, root::request_of(recipe_.platform, name, options_.root, context_.workspace_path()));
            ALBS_TRY(at->second.repositories, once_.sync(at->second.request.repositories));
        }
        return &at->second;
    }

    std::string add_root(const Arch& arch, const repositories::RootSolution& answer)
    {
        std::vector<bool> there =
            repositories::are_there(repositories::wanted_of(answer, arch.repositories), context_.workspace_path());
        Json packages = Json::array();
        std::string all = arch.request.question.arch + "\n";
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
                                      {"platform", arch.request.platform},
                                      {"arch", arch.request.question.arch},
                                      {"modules", Json::strings(answer.modules)},
                                      {"size", size},
                                      {"missing", missing},
                                      {"installed", installed},
                                      {"packages", std::move(packages)}}));
        return id;
    }

    const BuildConfig& recipe_;
    const Options& options_;
    cli::Context& context_;
    store::Workspace& workspace_;
    repositories::SyncOnce once_;
    std::map<std::string, Arch> arches_;
    std::map<std::string, bool> known_;
    Json roots_ = Json::array();
    bool refused_ = false;
};

std::string log_key_of(const Options& options, const cli::Context& context)
{
    std::string own = context.workspace_path() + "/ledger/log.vkey";
    return !options.log_key.empty() ? options.log_key : sys::exists(own) ? own : "";
}

} // namespace

Result<cli::Outcome> show_plan(const Options& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(BuildConfig recipe, read_build_config(options, nullptr));
    ALBS_TRY(std::vector<PlannedTask> tasks,
             plan(recipe, manifest, log_key_of(options, context), options.require_notarized));
    cli::Outcome outcome;
    Json list = Json::array();
    Json roots = Json::array();
    if (context.dry_run()) {
        for (const PlannedTask& task : tasks)
            context.messages.note("would look at", task.id);
    } else if (!tasks.empty()) {
        ALBS_TRY(store::Workspace * workspace, context.workspace());
        Planner planner(recipe, options, context, *workspace);
        for (const PlannedTask& task : tasks) {
            ALBS_TRY(Json record, planner.add(task, manifest));
            list.push(std::move(record));
        }
        roots = planner.roots();
        if (planner.refused())
            outcome.verdict = cli::Verdict::no;
    }
    outcome.document = write_pretty_json(Json::object({{"schema", "albs.build-plan/1"},
                                                       {"tasks", std::move(list)},
                                                       {"roots", std::move(roots)}})) +
                       "\n";
    return outcome;
}

} // namespace albs::build
