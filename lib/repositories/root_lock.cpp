// SPDX-License-Identifier: GPL-3.0-or-later
// Locks of packages that were fetched: solved from repositories, or named by a record of another tool.
#include <algorithm>
#include <map>

#include "albs/buildroot/mock_record.hpp"
#include "repositories/fetch.hpp"
#include "solve/library.hpp"

namespace albs::repositories {
namespace {

buildroot::LockedPackage locked(const FetchedPackage& from)
{
    const RpmInfo& info = from.info;
    buildroot::LockedPackage package;
    package.name = info.name;
    package.epoch = info.epoch;
    package.version = info.version;
    package.release = info.release;
    package.arch = info.arch;
    package.nevra = info.nevra;
    package.sha256 = from.sha256;
    package.size = from.size;
    package.header = info.header_sha256;
    return package;
}

std::vector<buildroot::LockedRepository> states_of(const std::vector<SyncedRepository>& repositories)
{
    std::vector<buildroot::LockedRepository> list;
    for (const SyncedRepository& one : repositories)
        list.push_back(one.state);
    return list;
}

} // namespace

Result<std::vector<PackageRequest>> wanted_of(const buildroot::MockRecord& record, const std::string& arch,
                                              const std::vector<SyncedRepository>& repositories,
                                              const Settings& settings)
{
    // Everything that the repositories have: a record is not asked whether its packages are hidden today.
    RootSolution all;
    ALBS_TRY(all.packages, list_packages(repositories, arch, settings));
    std::multimap<std::string, const solve::Description*> known;
    for (const solve::Description& package : all.packages)
        known.emplace(package.nevra, &package);
    std::vector<PackageRequest> list;
    for (const buildroot::MockPackage& recalled : record.packages) {
        auto [first, last] = known.equal_range(recalled.nevra);
        PackageRequest wanted{.nevra = recalled.nevra, .checksum = {}, .urls = {}};
        if (first != last) {
            RootSolution one;
            one.packages = {*first->second};
            wanted = wanted_of(one, repositories).front();
            for (auto other = std::next(first); other != last; ++other) {
                one.packages = {*other->second};
                PackageRequest more = wanted_of(one, repositories).front();
                if (more.checksum == wanted.checksum)
                    wanted.urls.insert(wanted.urls.end(), more.urls.begin(), more.urls.end());
            }
        }
        wanted.md5 = recalled.md5.value_or("");
        if (recalled.url && recalled.url->ends_with(".rpm"))
            wanted.urls.push_back(*recalled.url);
        if (wanted.urls.empty())
            return fail(Kind::input, "no repository has '" + recalled.nevra + "'",
                        "name a repository that still has it with --repo");
        list.push_back(std::move(wanted));
    }
    return list;
}

buildroot::Lock lock_of(const RootSolution& answer, const std::vector<SyncedRepository>& repositories,
                        const std::vector<FetchedPackage>& fetched)
{
    buildroot::Lock lock;
    lock.repositories = states_of(repositories);
    lock.modules = answer.modules;
    lock.base = answer.base;
    for (std::size_t i = 0; i < fetched.size(); ++i) {
        buildroot::LockedPackage package = locked(fetched[i]);
        package.repository = answer.packages[i].repository;
        package.path = answer.packages[i].location;
        lock.packages.push_back(std::move(package));
    }
    return lock;
}

Result<buildroot::Lock> lock_of(const std::string& arch, const std::vector<SyncedRepository>& repositories,
                                const std::vector<FetchedPackage>& fetched)
{
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool(arch));
    std::map<solve::PackageId, const FetchedPackage*> by_id;
    solve::Request request;
    for (const FetchedPackage& one : fetched) {
        ALBS_TRY(solve::PackageId id, pool->add_package("record", one.path));
        by_id[id] = &one;
        request.install.push_back(id);
    }
    solve::Solution solution = pool->solve(request);
    if (!solution.problems.empty())
        return fail(Kind::input, "the packages of the record make no root: " + solution.problems.front());
    buildroot::Lock lock;
    lock.repositories = states_of(repositories);
    for (solve::PackageId id : solution.install)
        if (auto at = by_id.find(id); at != by_id.end())
            lock.packages.push_back(locked(*at->second));
    return lock;
}

} // namespace albs::repositories
