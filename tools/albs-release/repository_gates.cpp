// SPDX-License-Identifier: GPL-3.0-or-later
// The gates that compare with what users have already: one identity is one file for ever, and versions only rise.
#include <map>
#include <string_view>
#include <unordered_map>

#include "plan.hpp"
#include "rpm/library.hpp"

namespace albs::release {
namespace {

/// Two files with one identity among the candidates: the builds of a noarch package for several architectures, mostly.
/// With a waiver the first stays; two sources that claim one name are both refused.
void check_among(std::vector<Candidate>& candidates, Refusals& refused)
{
    std::map<std::string, const Candidate*> first;
    std::vector<Candidate> kept;
    kept.reserve(candidates.size());
    for (Candidate& candidate : candidates) {
        auto [at, fresh] = first.emplace(repo::identity(*candidate.built->rpm), nullptr);
        if (!fresh) {
            bool same_source = at->second->source == candidate.source;
            std::string reason = "this manifest has two files of that name: " + at->second->built->sha256 + " and " +
                                 candidate.built->sha256;
            refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "identity", reason, same_source});
            if (!same_source)
                refused.push_back({at->second->source->id, candidate.built->rpm->nevra, "identity", reason, false});
            continue;
        }
        kept.push_back(std::move(candidate));
        at->second = &kept.back();
    }
    candidates = std::move(kept);
}

/// The packages of a repository by what the gates compare.
struct PublishedPackages {
    using List = std::vector<const repo::ListedPackage*>;
    std::map<std::pair<std::string_view, std::string_view>, List> by_name; ///< and architecture
    std::unordered_map<std::string_view, List> by_location;

    explicit PublishedPackages(const Repository& repository)
    {
        for (const repo::ListedPackage& there : repository.packages) {
            by_name[{there.info.name, there.info.arch}].push_back(&there);
            by_location[there.location].push_back(&there);
        }
    }
};

void check_against(const Candidate& candidate, const PublishedPackages& published, const std::string& name,
                   Refusals& refused)
{
    const RpmInfo& info = *candidate.built->rpm;
    const repo::ListedPackage* newest = nullptr;
    auto namesakes = published.by_name.find({info.name, info.arch});
    if (namesakes == published.by_name.end())
        return;
    for (const repo::ListedPackage* one : namesakes->second) {
        const repo::ListedPackage& there = *one;
        if (repo::identity(there.info) == repo::identity(info)) {
            if (there.sha256 != candidate.released->sha256 && candidate.takes_the_place_of(there.sha256))
                refused.push_back({candidate.source->id, info.nevra, "identity",
                                   name + " has it with the signature that this one replaces: " + there.sha256, true});
            else if (there.sha256 != candidate.released->sha256)
                refused.push_back({candidate.source->id, info.nevra, "identity",
                                   name + " has other bytes under that name: " + there.sha256 + "; raise the release",
                                   false});
            return; // published already: no downgrade, whatever came after it
        }
        if (newest == nullptr || rpm::library().compare_evr(there.info, newest->info) > 0)
            newest = &there;
    }
    if (newest != nullptr && rpm::library().compare_evr(info, newest->info) < 0)
        refused.push_back(
            {candidate.source->id, info.nevra, "downgrade", name + " has the newer " + newest->info.nevra, true});
}

/// A location is one file too: packages of different epoch share one file name.
void check_location(const Candidate& candidate, const PublishedPackages& published, const std::string& name,
                    Refusals& refused)
{
    auto there = published.by_location.find(candidate.location);
    if (there == published.by_location.end())
        return;
    for (const repo::ListedPackage* one : there->second)
        if (one->sha256 != candidate.released->sha256 &&
            repo::identity(one->info) != repo::identity(*candidate.built->rpm))
            refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "identity",
                               name + " has " + one->info.nevra + " under its file name", false});
}

} // namespace

void check_identities(const PlanInput& question, std::vector<Candidate>& candidates, Refusals& refused)
{
    check_among(candidates, refused);
    std::map<std::string, PublishedPackages> published; // read once for each repository
    for (const Candidate& candidate : candidates) {
        if (candidate.released == nullptr)
            continue;
        for (const std::string& name : candidate.repositories) {
            auto found = question.tree.repositories.find(name);
            if (found == question.tree.repositories.end())
                continue;
            const PublishedPackages& there = published.try_emplace(name, found->second).first->second;
            check_against(candidate, there, name, refused);
            check_location(candidate, there, name, refused);
        }
    }
}

} // namespace albs::release
