// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/solver.hpp"

#include <algorithm>

#include "repositories/fill_pool.hpp"
#include "root/lock_cache.hpp"

namespace albs::root {

repositories::Settings settings_of(const RequestOptions& options, const RunContext& run)
{
    repositories::Settings settings;
    settings.directory = run.workspace_path + "/metadata";
    settings.offline = options.offline;
    settings.no_rollback = options.no_rollback;
    settings.jobs = std::max<std::size_t>(run.jobs, 4); // what waits for a server needs no processor
    settings.warn = run.warn;
    return settings;
}

Status check_solved(const repositories::RootSolution& answer, const RunContext& run)
{
    for (const std::string& warning : answer.warnings)
        run.warn(warning);
    if (answer.problems.empty())
        return {};
    for (std::size_t i = 1; i < answer.problems.size(); ++i)
        run.warn(answer.problems[i]);
    return fail(Kind::input, "there is no such root: " + answer.problems.front());
}

repositories::FetchOptions fetch_options(const repositories::Settings& settings, const RunContext& run)
{
    repositories::FetchOptions fetch;
    fetch.jobs = settings.jobs;
    fetch.offline = settings.offline;
    fetch.progress = run.progress;
    return fetch;
}

namespace {

repositories::RootQuery with_needs(repositories::RootQuery question, const std::vector<std::string>& needs)
{
    question.needs.insert(question.needs.end(), needs.begin(), needs.end());
    return question;
}

} // namespace

Result<buildroot::Lock> lock_root(const Request& request, const std::vector<std::string>& needs,
                                  const std::vector<repositories::SyncedRepository>& synced,
                                  const repositories::Settings& settings, const RunContext& run)
{
    repositories::RootQuery question = with_needs(request.question, needs);
    ALBS_TRY(repositories::RootSolution answer, repositories::resolve(synced, question, settings));
    ALBS_CHECK(check_solved(answer, run));
    ALBS_TRY(store::Workspace * workspace, run.workspace());
    ALBS_TRY(auto fetched,
             repositories::fetch(repositories::wanted_of(answer, synced), *workspace, fetch_options(settings, run)));
    buildroot::Lock lock = repositories::lock_of(answer, synced, fetched);
    lock.platform = request.platform;
    lock.arch = question.arch;
    ALBS_TRY(std::string asked, lock_question(request.platform, question, synced));
    ALBS_CHECK(remember_lock(*workspace, asked, {buildroot::write_lock(lock), answer.warnings}));
    return lock;
}

Result<std::optional<std::string>> known_lock(const Request& request, const std::vector<std::string>& needs,
                                              const std::vector<repositories::SyncedRepository>& synced,
                                              const RunContext& run)
{
    std::optional<std::string> lock;
    ALBS_TRY(std::string asked, lock_question(request.platform, with_needs(request.question, needs), synced));
    ALBS_TRY(store::Workspace * workspace, run.workspace());
    std::optional<SolvedLock> solved = recall_lock(*workspace, asked);
    if (!solved)
        return lock;
    for (const std::string& warning : solved->warnings)
        run.warn(warning);
    lock = std::move(solved->lock);
    return lock;
}

Result<std::vector<repositories::SyncedRepository>>
Solver::sync_with(const Request& request, const std::vector<repositories::Repository>& built)
{
    ALBS_TRY(auto synced, repositories_.sync(request.repositories));
    const int priority = repositories::future_priority(synced);
    std::vector<repositories::Repository> further = built;
    for (repositories::Repository& one : further) {
        one.priority = priority;
        one.module_hotfixes = true;
    }
    ALBS_TRY(auto more, repositories_.sync(further));
    synced.insert(synced.end(), more.begin(), more.end());
    return synced;
}

Status Solver::check(const platform::Platform& platform, const std::string& arch) const
{
    ALBS_TRY([[maybe_unused]] Request request, request_of(platform, arch, options_, run_.workspace_path));
    return {};
}

Result<std::optional<std::string>> Solver::known(const platform::Platform& platform, const std::string& arch,
                                                 const std::vector<std::string>& needs,
                                                 const std::vector<repositories::Repository>& built)
{
    ALBS_TRY(Request request, request_of(platform, arch, options_, run_.workspace_path));
    ALBS_TRY(auto synced, sync_with(request, built));
    return known_lock(request, needs, synced, run_);
}

Result<Solved> Solver::solve(const platform::Platform& platform, const std::string& arch,
                             const std::vector<std::string>& needs,
                             const std::vector<repositories::FuturePackage>& future)
{
    ALBS_TRY(Request request, request_of(platform, arch, options_, run_.workspace_path));
    ALBS_TRY(auto synced, repositories_.sync(request.repositories));
    std::lock_guard guard(solving_);
    ALBS_TRY(auto answer, repositories::resolve(synced, with_needs(std::move(request.question), needs),
                                                repositories_.settings(), future));
    return Solved{std::move(answer), std::move(synced)};
}

Result<std::string> Solver::lock(const platform::Platform& platform, const std::string& arch,
                                 const std::vector<std::string>& needs,
                                 const std::vector<repositories::Repository>& built)
{
    ALBS_TRY(Request request, request_of(platform, arch, options_, run_.workspace_path));
    ALBS_TRY(auto synced, sync_with(request, built));
    // One at a time: the pool of a large distribution takes hundreds of MB.
    std::lock_guard guard(solving_);
    ALBS_TRY(std::optional<std::string> known, known_lock(request, needs, synced, run_));
    if (known)
        return *std::move(known);
    ALBS_TRY(buildroot::Lock lock, lock_root(request, needs, synced, repositories_.settings(), run_));
    return buildroot::write_lock(lock);
}

Result<std::vector<repositories::ProvidersOfNeed>>
Solver::providers(const platform::Platform& platform, const std::string& arch,
                  const std::vector<repositories::FuturePackage>& future, const std::vector<std::string>& needs)
{
    ALBS_TRY(Request request, request_of(platform, arch, options_, run_.workspace_path));
    ALBS_TRY(auto synced, repositories_.sync(request.repositories));
    std::lock_guard guard(solving_);
    return repositories::find_providers(synced, request.question, future, needs, repositories_.settings());
}

Result<modules::Document> Solver::module_streams(const platform::Platform& platform, const std::string& arch)
{
    ALBS_TRY(Request request, request_of(platform, arch, options_, run_.workspace_path));
    ALBS_TRY(auto synced, repositories_.sync(request.repositories));
    std::lock_guard guard(solving_);
    return repositories::module_document(synced, repositories_.settings());
}

Result<std::vector<repositories::DependantSource>>
Solver::dependants(const platform::Platform& platform, const std::string& arch, const std::set<std::string>& sources)
{
    ALBS_TRY(Request request, request_of(platform, arch, options_, run_.workspace_path));
    ALBS_TRY(auto synced, repositories_.sync(request.repositories));
    std::lock_guard guard(solving_);
    return repositories::dependants_of(synced, request.question, sources, repositories_.settings());
}

} // namespace albs::root
