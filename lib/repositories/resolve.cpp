// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/resolve.hpp"

#include <algorithm>
#include <set>

#include "repositories/fill_pool.hpp"
#include "solve/library.hpp"

namespace albs::repositories {

int future_priority(const std::vector<SyncedRepository>& repositories)
{
    int first = 0;
    for (const SyncedRepository& one : repositories)
        first = std::min(first, one.repository.priority);
    return first - 1;
}

Result<std::vector<solve::Description>> list_packages(const std::vector<SyncedRepository>& repositories,
                                                      const std::string& arch, const Settings& settings)
{
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool(arch));
    std::vector<solve::Description> list;
    for (const SyncedRepository& one : repositories) {
        ALBS_CHECK(load_into(*pool, one, arch, false, settings));
        for (solve::PackageId id : pool->packages(one.repository.name))
            list.push_back(pool->describe(id));
    }
    return list;
}

Result<RootSolution> resolve(const std::vector<SyncedRepository>& repositories, const RootQuery& question,
                             const Settings& settings, const std::vector<FuturePackage>& future)
{
    std::set<std::string> names;
    for (const SyncedRepository& one : repositories)
        if (!names.insert(one.repository.name).second)
            return fail(Kind::input, "two repositories are named '" + one.repository.name + "'");
    ALBS_TRY(StreamChoice streams, modules_of(repositories, question, settings));
    solve::Request request{
        .words = question.words, .needs = question.needs, .weak = question.weak, .best = question.best};
    RootSolution answer;
    answer.modules = streams.active;
    for (bool filelists : {false, true}) {
        ALBS_TRY(std::unique_ptr<solve::Pool> pool, fill_pool(repositories, question, streams, filelists, settings));
        if (!future.empty()) {
            ALBS_CHECK(add_future(*pool, future));
            pool->set_priority(future_repository, future_priority(repositories));
        }
        solve::Solution solution = pool->solve(request);
        if (solution.needs_filelists && !filelists)
            continue;
        answer.problems = solution.problems;
        answer.warnings = solution.warnings;
        for (solve::PackageId id : solution.install)
            answer.packages.push_back(pool->describe(id));
        break;
    }
    return answer;
}

} // namespace albs::repositories
