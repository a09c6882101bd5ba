// SPDX-License-Identifier: GPL-3.0-or-later
// The packages that one platform and architecture have to choose from: what was built, --repo, and the machine
// itself or the repositories of the platform.
#pragma once
#include <functional>
#include <map>
#include <optional>
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

/// Files of packages that the platform's repositories describe, in their order.
using Fetcher = std::function<Result<std::vector<std::string>>(const std::vector<solve::Description>& packages)>;

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
    /// The newest older version of it that a --repo has.
    Result<std::optional<PackageFile>> previous(const TestedPackage& subject);
    /// What the machine offers; a part of the key under which results are remembered.
    const std::vector<std::string>& offers() const { return offers_; }

private:
    PackagePool(std::unique_ptr<solve::Pool> pool, const std::vector<PackageSource>& sources, Fetcher fetch)
        : pool_(std::move(pool)), sources_(&sources), fetch_(std::move(fetch))
    {
    }
    Status add_platform(const BaseRoot& base);
    Status add_machine();
    Status offer_machine(const std::vector<solve::PackageId>& packages, HostProvides& host);
    Result<std::vector<PackageFile>> files_of(const std::vector<solve::PackageId>& packages);
    std::unique_ptr<solve::Pool> pool_;
    const std::vector<PackageSource>* sources_;
    Fetcher fetch_;
    std::string arch_;
    std::map<std::string, solve::PackageId> ids_; ///< by artifact
    std::vector<std::string> offers_;
};

} // namespace albs::test
