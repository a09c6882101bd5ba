// SPDX-License-Identifier: GPL-3.0-or-later
#include "package_pool.hpp"

#include <algorithm>

#include "rpm/library.hpp"
#include "solve/library.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

constexpr const char* built = "build";
constexpr const char* machine = "machine";

} // namespace

Result<PackagePool> PackagePool::make(const Task& task, const std::vector<TestedPackage*>& subjects,
                          const std::vector<PackageSource>& sources)
{
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool(task.arch));
    PackagePool package_pool(std::move(pool), sources);
    for (const TestedPackage* subject : subjects) {
        ALBS_TRY(package_pool.ids_[subject->artifact.sha256], package_pool.pool_->add_package(built, subject->path));
    }
    std::vector<solve::PackageId> packages = package_pool.pool_->packages(built);
    HostProvides host;
    if (task.backend == "host" && HostProvides::has_database())
        ALBS_CHECK(package_pool.pool_->add_database(machine, "/"));
    else if (task.backend == "host")
        // Before the repositories: what is there need not come in.
        ALBS_CHECK(package_pool.offer_machine(packages, host));
    for (const PackageSource& source : sources)
        ALBS_CHECK(package_pool.pool_->add_tree(source.name(), source.tree(task.arch)));
    if (task.backend == "host" && !HostProvides::has_database())
        for (const PackageSource& source : sources)
            ALBS_CHECK(package_pool.offer_machine(package_pool.pool_->packages(source.name()), host));
    ALBS_TRY(std::vector<std::string> features, rpm::library().rpmlib_features());
    (void)package_pool.pool_->add_virtual(machine, {.name = "rpm-features", .provides = features});
    package_pool.pool_->set_installed(machine);
    return package_pool;
}

Status PackagePool::offer_machine(const std::vector<solve::PackageId>& packages, HostProvides& host)
{
    std::vector<std::string> wanted;
    for (const solve::Missing& missing : pool_->closure(packages))
        wanted.push_back(missing.requirement);
    ALBS_TRY(std::vector<std::string> offer, host.provides_for(wanted));
    if (offer.empty())
        return {};
    (void)pool_->add_virtual(machine, {.name = "this-machine-" + std::to_string(offers_.size()), .provides = offer});
    offers_.insert(offers_.end(), offer.begin(), offer.end());
    return {};
}

void PackagePool::check_installability(TestedPackage& subject)
{
    solve::Solution solution = pool_->solve({.install = {ids_.at(subject.artifact.sha256)}});
    if (solution.problems.empty()) {
        subject.pass("installability");
        return;
    }
    std::string log;
    for (const std::string& problem : solution.problems)
        log += problem + "\n";
    std::string reason = solution.problems.front();
    if (solution.problems.size() > 1)
        reason += " (and " + std::to_string(solution.problems.size() - 1) + " more)";
    subject.fail("installability", reason, log);
}

Result<PackageFile> PackagePool::file_of(solve::PackageId package)
{
    std::string repository = pool_->repository(package);
    if (repository == built)
        return PackageFile{pool_->location(package), pool_->nevra(package) + ".rpm"};
    auto source = std::find_if(sources_->begin(), sources_->end(),
                               [&](const PackageSource& each) { return each.name() == repository; });
    if (source == sources_->end())
        return fail(Kind::internal, "package '" + pool_->nevra(package) + "' comes from nowhere");
    ALBS_TRY(std::string path, source->package(pool_->location(package), pool_->sha256(package)));
    return PackageFile{path, pool_->nevra(package) + ".rpm"};
}

Result<std::vector<PackageFile>> PackagePool::companions(const TestedPackage& subject)
{
    std::vector<PackageFile> files;
    solve::PackageId own = ids_.at(subject.artifact.sha256);
    for (solve::PackageId package : pool_->solve({.install = {own}}).install) {
        if (package == own)
            continue;
        ALBS_TRY(PackageFile file, file_of(package));
        files.push_back(std::move(file));
    }
    return files;
}

Result<std::optional<PackageFile>> PackagePool::previous(const TestedPackage& subject)
{
    std::optional<solve::PackageId> older = pool_->previous(ids_.at(subject.artifact.sha256));
    if (!older)
        return std::optional<PackageFile>();
    ALBS_TRY(PackageFile file, file_of(*older));
    return std::optional<PackageFile>(std::move(file));
}

} // namespace albs::test
