// SPDX-License-Identifier: GPL-3.0-or-later
#include "package_pool.hpp"

#include <algorithm>

#include "repositories/fill_pool.hpp"
#include "rpm/library.hpp"
#include "solve/library.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

constexpr const char* built = "build";
constexpr const char* machine = "machine";

} // namespace

Result<PackagePool> PackagePool::make(const Task& task, const BaseRoot& base,
                                      const std::vector<TestedPackage*>& subjects,
                                      const std::vector<PackageSource>& sources, const Fetcher& fetch)
{
    PackagePool pool(sources, fetch);
    pool.arch_ = task.arch;
    pool.subjects_ = {subjects.begin(), subjects.end()};
    ALBS_CHECK(pool.add_all(base));
    pool.pool_->set_installed(machine);
    return pool;
}

Status PackagePool::add_all(const BaseRoot& base)
{
    base_ = &base;
    if (base.is_machine) {
        ALBS_TRY(pool_, solve::library().make_pool(arch_));
    } else {
        const repositories::RootQuery& question = base.request.question;
        ALBS_TRY(auto streams, repositories::modules_of(base.repositories, question, base.settings));
        ALBS_TRY(pool_, repositories::fill_pool(base.repositories, question, streams, true, base.settings));
    }
    for (const TestedPackage* subject : subjects_) {
        ALBS_TRY(ids_[subject->artifact.sha256], pool_->add_package(built, subject->path));
    }
    if (base.is_machine)
        ALBS_CHECK(add_machine());
    else
        ALBS_CHECK(add_platform(base));
    ALBS_TRY(std::vector<std::string> features, rpm::library().rpmlib_features());
    (void)pool_->add_virtual(machine, {.name = "rpm-features", .provides = features});
    return {};
}

/// What its root has is installed; what was built comes before what the repositories have of these names, as it will.
Status PackagePool::add_platform(const BaseRoot& base)
{
    for (std::size_t i = 0; i < base.files.size(); ++i) {
        if (replaced_.contains(base.lock.packages[i].name))
            continue;
        ALBS_TRY([[maybe_unused]] solve::PackageId id, pool_->add_package(machine, base.files[i]));
    }
    for (const PackageSource& source : *sources_)
        ALBS_CHECK(pool_->add_tree(source.name(), source.tree(arch_)));
    pool_->set_priority(built, repositories::future_priority(base.repositories));
    return {};
}

Status PackagePool::add_machine()
{
    HostProvides host;
    if (HostProvides::has_database())
        ALBS_CHECK(pool_->add_database(machine, "/"));
    else // before the repositories: what is there need not come in
        ALBS_CHECK(offer_machine(pool_->packages(built), host));
    for (const PackageSource& source : *sources_)
        ALBS_CHECK(pool_->add_tree(source.name(), source.tree(arch_)));
    if (!HostProvides::has_database())
        for (const PackageSource& source : *sources_)
            ALBS_CHECK(offer_machine(pool_->packages(source.name()), host));
    return {};
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

/// In their order. Those of the platform's repositories are fetched together.
Result<std::vector<PackageFile>> PackagePool::files_of(const std::vector<solve::PackageId>& packages)
{
    std::vector<PackageFile> files;
    std::vector<solve::Description> wanted;
    std::vector<std::size_t> places;
    for (solve::PackageId package : packages) {
        const std::string repository = pool_->repository(package);
        PackageFile file{"", pool_->nevra(package) + ".rpm"};
        auto source = std::find_if(sources_->begin(), sources_->end(),
                                   [&](const PackageSource& each) { return each.name() == repository; });
        if (repository == built) {
            file.path = pool_->location(package);
        } else if (source != sources_->end()) {
            ALBS_TRY(file.path, source->package(pool_->location(package), pool_->sha256(package)));
        } else {
            wanted.push_back(pool_->describe(package));
            places.push_back(files.size());
        }
        files.push_back(std::move(file));
    }
    if (wanted.empty())
        return files;
    ALBS_TRY(std::vector<std::string> paths, fetch_(wanted));
    for (std::size_t i = 0; i < places.size(); ++i)
        files[places[i]].path = paths[i];
    return files;
}

Result<std::vector<PackageFile>> PackagePool::companions(const TestedPackage& subject)
{
    std::vector<solve::PackageId> others;
    solve::PackageId own = ids_.at(subject.artifact.sha256);
    for (solve::PackageId package : pool_->solve({.install = {own}}).install)
        if (package != own)
            others.push_back(package);
    return files_of(others);
}

} // namespace albs::test
