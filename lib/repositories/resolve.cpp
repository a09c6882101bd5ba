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

namespace {

/// Whether the base is less than what is asked for.
bool has_more_than_base(const RootQuery& question)
{
    return !question.base.empty() && (question.words != question.base || !question.needs.empty());
}

/// Returns how many packages are the base, which come first then, in the order that they have alone.
std::size_t put_base_first(std::vector<solve::PackageId>& packages, const std::vector<solve::PackageId>& base)
{
    const std::set<solve::PackageId> of_base(base.begin(), base.end());
    std::vector<solve::PackageId> ordered = base;
    for (solve::PackageId id : packages)
        if (!of_base.contains(id))
            ordered.push_back(id);
    if (ordered.size() != packages.size())
        return 0;
    packages = std::move(ordered);
    return base.size();
}

} // namespace

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
        // First, so that it comes to what it comes to where nothing else is asked for.
        solve::Solution base;
        if (has_more_than_base(question))
            base = pool->solve({.words = question.base, .weak = question.weak, .best = question.best});
        solve::Solution solution = pool->solve(request);
        if ((solution.needs_filelists || base.needs_filelists) && !filelists)
            continue;
        if (has_more_than_base(question))
            answer.base = put_base_first(solution.install, base.install);
        else if (!question.base.empty())
            answer.base = solution.install.size();
        answer.problems = solution.problems;
        answer.warnings = solution.warnings;
        for (solve::PackageId id : solution.install)
            answer.packages.push_back(pool->describe(id));
        break;
    }
    return answer;
}

} // namespace albs::repositories
