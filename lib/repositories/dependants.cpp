// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/dependants.hpp"

#include <map>

#include "repositories/fill_pool.hpp"

namespace albs::repositories {
namespace {

/// A source package is its own source.
std::string source_package_of(const solve::Description& package)
{
    return package.arch == "src" || package.arch == "nosrc" ? package.nevra + ".rpm" : package.source;
}

} // namespace

Result<std::vector<DependantSource>> dependants_of(const std::vector<SyncedRepository>& repositories,
                                                   const RootQuery& question, const std::set<std::string>& sources,
                                                   const Settings& settings)
{
    ALBS_TRY(StreamChoice streams, modules_of(repositories, question, settings));
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, fill_pool(repositories, question, streams, true, settings));
    std::vector<solve::PackageId> changing;
    for (const SyncedRepository& one : repositories)
        for (solve::PackageId id : pool->packages(one.repository.name))
            if (sources.count(source_name(source_package_of(pool->describe(id)))) != 0)
                changing.push_back(id);
    std::map<std::string, DependantSource> found;
    for (const solve::Dependant& dependant : pool->dependants(changing)) {
        const solve::Description package = pool->describe(dependant.package);
        const std::string file = source_package_of(package);
        const std::string name = source_name(file);
        if (!name.empty() && sources.count(name) == 0)
            found.emplace(name, DependantSource{name, file, package.nevra, dependant.requirement,
                                                source_name(source_package_of(pool->describe(dependant.provider)))});
    }
    std::vector<DependantSource> list;
    for (auto& [name, source] : found)
        list.push_back(std::move(source));
    return list;
}

} // namespace albs::repositories
