// SPDX-License-Identifier: GPL-3.0-or-later
// The packages that one platform and architecture have to choose from: what was built, --repo, and the machine
// itself or the repositories of the platform.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base_root.hpp"
#include "host_provides.hpp"
#include "package_source.hpp"
#include "solve/pool.hpp"
#include "tested_package.hpp"

namespace albs::test {

/// A package file to install beside the one under test.
struct PackageFile {
    std::string path;
    std::string name; ///< file name
};

/// An earlier release of a source, as a repository has it.
struct Release {
    std::string name;                    ///< "says-1.0-1.el9"
    std::vector<PackageFile> packages;   ///< but for debuginfo; those that go together
    std::vector<PackageFile> companions; ///< what they require, installed before them
    std::set<std::string> names;         ///< of all of these
};

/// What an upgrade comes to.
struct Upgrade {
    std::vector<PackageFile> install;  ///< in installation order
    std::vector<std::string> built;    ///< artifacts of those that were built, among them
    std::vector<std::string> problems; ///< why something stays as old as it is
    std::vector<std::string> stays;    ///< NEVRA of what is installed and has no successor
};

class PackagePool {
public:
    /// task: any of this platform and architecture; base: for its packages, lasts longer; subjects: all of their
    /// packages that can be read. fetch: how packages of the platform's repositories come here.
    static Result<PackagePool> make(const Task& task, const BaseRoot& base, const std::vector<TestedPackage*>& subjects,
                                    const std::vector<PackageSource>& sources, const Fetcher& fetch);

    /// The test "installability": a solution for the package alone exists, or the problems say why not.
    void check_installability(TestedPackage& subject);
    /// What else comes in with it, in installation order. Empty if it cannot be installed. Downloads what is remote.
    Result<std::vector<PackageFile>> companions(const TestedPackage& subject);
    /// The newest older version of it that a repository has.
    Result<std::optional<PackageFile>> previous(const TestedPackage& subject);
    /// Of this source, older than this package of it, in the repositories: the newest first, so many at most.
    Result<std::vector<Release>> releases(const std::string& source, const TestedPackage& subject, std::size_t max);
    /// What `dnf upgrade` does where that release is installed with what it requires.
    Result<Upgrade> upgrade(const Release& from);
    /// What the machine offers; a part of the key under which results are remembered.
    const std::vector<std::string>& offers() const { return offers_; }

private:
    PackagePool(const std::vector<PackageSource>& sources, Fetcher fetch) : sources_(&sources), fetch_(std::move(fetch))
    {
    }
    Status add_all(const BaseRoot& base);
    Status add_platform(const BaseRoot& base);
    bool is_older_release(solve::PackageId package, const RpmInfo& than) const;
    Status add_machine();
    Status offer_machine(const std::vector<solve::PackageId>& packages, HostProvides& host);
    Result<std::vector<PackageFile>> files_of(const std::vector<solve::PackageId>& packages);
    std::unique_ptr<solve::Pool> pool_;
    const std::vector<PackageSource>* sources_;
    Fetcher fetch_;
    std::string arch_;
    const BaseRoot* base_ = nullptr;
    std::vector<const TestedPackage*> subjects_;
    /// Of each source in the repositories: file name of the source package, and what was built from it.
    std::optional<std::map<std::string, std::map<std::string, std::vector<solve::PackageId>>>> by_source_;
    void index_sources();
    std::set<std::string> replaced_; ///< names that the base root has and an older release takes the place of
    std::map<std::string, solve::PackageId> ids_; ///< by artifact
    std::vector<std::string> offers_;
};

} // namespace albs::test
