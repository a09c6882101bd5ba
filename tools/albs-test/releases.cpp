// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier releases of what was built, and what an upgrade from them comes to.
#include <algorithm>

#include "package_pool.hpp"
#include "repositories/fill_pool.hpp"
#include "rpm/library.hpp"

namespace albs::test {
namespace {

constexpr const char* built = "build";
constexpr const char* machine = "machine";

bool is_debug_data(const std::string& name)
{
    return name.ends_with("-debuginfo") || name.ends_with("-debugsource");
}

RpmInfo version_of(const solve::Description& package)
{
    RpmInfo info;
    info.epoch = package.epoch;
    info.version = package.version;
    info.release = package.release;
    return info;
}

} // namespace

void PackagePool::index_sources()
{
    if (by_source_)
        return;
    by_source_.emplace();
    std::vector<std::string> names;
    for (const repositories::SyncedRepository& one : base_->repositories)
        names.push_back(one.repository.name);
    for (const PackageSource& source : *sources_)
        names.push_back(source.name());
    for (const std::string& name : names)
        for (solve::PackageId package : pool_->packages(name)) {
            const solve::Description is = pool_->describe(package);
            if ((is.arch == arch_ || is.arch == "noarch") && !is_debug_data(is.name))
                (*by_source_)[repositories::source_name(is.source)][is.source].push_back(package);
        }
}

bool PackagePool::is_older_release(solve::PackageId package, const RpmInfo& than) const
{
    return rpm::library().compare_evr(version_of(pool_->describe(package)), than) < 0;
}

Result<std::vector<Release>> PackagePool::releases(const std::string& source, const TestedPackage& subject,
                                                   std::size_t max)
{
    index_sources();
    std::vector<std::vector<solve::PackageId>> older;
    for (const auto& [file, packages] : (*by_source_)[source])
        if (is_older_release(packages.front(), subject.package->info))
            older.push_back(packages);
    std::sort(older.begin(), older.end(), [&](const auto& a, const auto& b) {
        return is_older_release(b.front(), version_of(pool_->describe(a.front())));
    });
    older.resize(std::min(older.size(), max));
    std::vector<Release> releases;
    for (const std::vector<solve::PackageId>& packages : older) {
        Release release;
        std::vector<solve::PackageId> own;
        solve::Solution solution;
        for (solve::PackageId package : packages) { // all of them, but for those that refuse each other
            const std::string nevra = pool_->nevra(package);
            if (std::any_of(own.begin(), own.end(), [&](solve::PackageId one) { return pool_->nevra(one) == nevra; }))
                continue; // another repository has it, too
            own.push_back(package);
            solve::Solution with = pool_->solve({.install = own});
            if (with.problems.empty())
                solution = std::move(with);
            else
                own.pop_back();
        }
        std::vector<solve::PackageId> others;
        for (solve::PackageId package : solution.install)
            if (std::find(own.begin(), own.end(), package) == own.end())
                others.push_back(package);
        for (solve::PackageId package : solution.install)
            release.names.insert(pool_->describe(package).name);
        ALBS_TRY(release.packages, files_of(own));
        ALBS_TRY(release.companions, files_of(others));
        release.name = pool_->describe(packages.front()).source;
        release.name = release.name.substr(0, release.name.rfind(".src.rpm"));
        releases.push_back(std::move(release));
    }
    return releases;
}

Result<std::optional<PackageFile>> PackagePool::previous(const TestedPackage& subject)
{
    std::optional<solve::PackageId> older = pool_->previous(ids_.at(subject.artifact.sha256));
    if (!older)
        return std::optional<PackageFile>();
    ALBS_TRY(std::vector<PackageFile> files, files_of({*older}));
    return std::optional<PackageFile>(std::move(files.front()));
}

Result<Upgrade> PackagePool::upgrade(const Release& from)
{
    PackagePool pool(*sources_, fetch_);
    pool.arch_ = arch_;
    pool.subjects_ = subjects_;
    pool.replaced_ = from.names;
    ALBS_CHECK(pool.add_all(*base_));
    std::vector<solve::PackageId> old;
    for (const PackageFile& file : from.companions) {
        ALBS_TRY([[maybe_unused]] solve::PackageId id, pool.pool_->add_package(machine, file.path));
    }
    for (const PackageFile& file : from.packages) {
        ALBS_TRY(solve::PackageId id, pool.pool_->add_package(machine, file.path));
        old.push_back(id);
    }
    pool.pool_->set_installed(machine);
    Upgrade upgrade;
    const solve::Solution solution = pool.pool_->solve({.update = old});
    upgrade.problems = solution.problems;
    std::set<std::string> offered;
    for (solve::PackageId package : pool.pool_->packages(built))
        offered.insert(pool.pool_->describe(package).name);
    for (solve::PackageId package : old) {
        if (std::find(solution.remove.begin(), solution.remove.end(), package) != solution.remove.end())
            continue;
        const solve::Description is = pool.pool_->describe(package);
        if (!offered.contains(is.name)) {
            upgrade.stays.push_back(is.nevra);
            continue;
        }
        // Asked for alone, and without compromise, it says what is in its way.
        const solve::Solution why = pool.pool_->solve({.words = {is.name}, .best = true});
        upgrade.problems.push_back(is.nevra + " stays as it is" +
                                   (why.problems.empty() ? std::string() : ": " + why.problems.front()));
    }
    for (solve::PackageId package : solution.install)
        for (const auto& [artifact, id] : pool.ids_)
            if (id == package)
                upgrade.built.push_back(artifact);
    ALBS_TRY(upgrade.install, pool.files_of(solution.install));
    return upgrade;
}

} // namespace albs::test
