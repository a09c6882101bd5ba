// SPDX-License-Identifier: GPL-3.0-or-later
// Does everything that the packages require exist: among themselves, in the tree as it was, in the repositories that
// users have too (--against).
//
// Packages built on the host platform require what the machine's own packages provide, which no repository of ours
// lists; so findings are warnings unless --closure=strict says that the repositories given are all there is.
#include <map>
#include <set>

#include "plan.hpp"
#include "solve/library.hpp"

namespace albs::release {
namespace {

std::string for_arch(std::string path, const std::string& arch)
{
    for (std::size_t at = path.find("{arch}"); at != std::string::npos; at = path.find("{arch}"))
        path.replace(at, 6, arch);
    return path;
}

struct PackageOwner {
    solve::PackageId id;
    const Candidate* candidate;
};

Result<std::vector<PackageOwner>> fill(const PlanInput& question, solve::Pool& pool, const std::string& arch,
                                const std::vector<Candidate>& candidates)
{
    std::vector<PackageOwner> mine;
    for (const char* part : {"/os", "/debug"}) {
        std::string name = arch + part;
        if (auto there = question.tree.repositories.find(name); there != question.tree.repositories.end())
            ALBS_CHECK(pool.add_tree(name, there->second.path));
        for (const Candidate& candidate : candidates)
            for (const std::string& repository : candidate.repositories)
                if (repository == name && candidate.released != nullptr) {
                    ALBS_TRY(solve::PackageId id, pool.add_package("new", candidate.file));
                    mine.push_back({id, &candidate});
                }
    }
    for (const std::string& path : question.gates.against)
        ALBS_CHECK(pool.add_tree(path, for_arch(path, arch)));
    return mine;
}

} // namespace

Result<Refusals> open_requirements(const PlanInput& question, const std::vector<Candidate>& candidates)
{
    Refusals found;
    std::set<std::string> arches;
    for (const Candidate& candidate : candidates)
        for (const std::string& repository : candidate.repositories)
            if (std::size_t slash = repository.find('/'); slash != std::string::npos)
                arches.insert(repository.substr(0, slash));
    std::set<std::pair<std::string, std::string>> said;
    for (const std::string& arch : arches) {
        ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool(arch));
        ALBS_TRY(std::vector<PackageOwner> mine, fill(question, *pool, arch, candidates));
        std::vector<solve::PackageId> ids;
        std::multimap<solve::PackageId, const Candidate*> owners;
        for (const PackageOwner& one : mine) {
            ids.push_back(one.id);
            owners.emplace(one.id, one.candidate);
        }
        for (const solve::Missing& missing : pool->closure(ids)) {
            auto [first, last] = owners.equal_range(missing.package);
            for (auto one = first; one != last; ++one)
                if (said.emplace(one->second->built->sha256, missing.requirement).second)
                    found.push_back({one->second->source->id, one->second->built->rpm->nevra, "closure",
                                     "nothing provides " + missing.requirement, true});
        }
    }
    return found;
}

} // namespace albs::release
