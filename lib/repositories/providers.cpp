// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/providers.hpp"

#include <algorithm>
#include <map>

#include "repositories/fill_pool.hpp"

namespace albs::repositories {
namespace {

ProvidersOfNeed sorted_out(const solve::Pool& pool, const std::vector<solve::PackageId>& ids,
                           const std::map<solve::PackageId, std::size_t>& future)
{
    ProvidersOfNeed found;
    for (solve::PackageId id : ids) {
        if (auto known = future.find(id); known != future.end()) {
            found.future.push_back(known->second);
            continue;
        }
        found.is_in_repositories = true;
        std::string source = source_name(pool.describe(id).source);
        if (!source.empty() && std::find(found.sources.begin(), found.sources.end(), source) == found.sources.end())
            found.sources.push_back(std::move(source));
    }
    return found;
}

} // namespace

Result<std::vector<ProvidersOfNeed>> find_providers(const std::vector<SyncedRepository>& repositories,
                                                    const RootQuery& question, const std::vector<FuturePackage>& future,
                                                    const std::vector<std::string>& needs, const Settings& settings)
{
    ALBS_TRY(StreamChoice streams, modules_of(repositories, question, settings));
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, fill_pool(repositories, question, streams, false, settings));
    ALBS_TRY(std::vector<solve::PackageId> added, add_future(*pool, future));
    std::map<solve::PackageId, std::size_t> numbers;
    for (std::size_t i = 0; i < added.size(); ++i)
        numbers.emplace(added[i], i);
    std::vector<ProvidersOfNeed> all;
    for (const std::vector<solve::PackageId>& ids : pool->providers_of_parts(needs))
        all.push_back(sorted_out(*pool, ids, numbers));
    return all;
}

} // namespace albs::repositories
