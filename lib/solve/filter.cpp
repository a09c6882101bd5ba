// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that are there but not to be had: excluded by pattern, hidden by module streams, or of a weaker repository.
#include <fnmatch.h>
#include <string_view>
#include <unordered_set>

#include "base/format.hpp"
#include "solve/libsolv.hpp"
#include <algorithm>

namespace albs::solve {
namespace {

/// VERSION-RELEASE of [EPOCH:]VERSION-RELEASE.
std::string without_epoch(const std::string& evr)
{
    std::size_t colon = evr.find(':');
    return colon == evr.npos ? evr : evr.substr(colon + 1);
}

struct Parts {
    std::string name;
    std::string evr; ///< the epoch written only if there is one
    std::string arch;
};

Parts parts_of(const ::Pool* pool, const Solvable* solvable)
{
    return {pool_id2str(pool, solvable->name), pool_id2str(pool, solvable->evr), pool_id2str(pool, solvable->arch)};
}

/// The forms by which dnf knows a package in excludepkgs.
bool matches(const Parts& parts, const std::string& pattern)
{
    const std::string plain = without_epoch(parts.evr);
    const std::string epoch = plain == parts.evr ? "0:" + plain : parts.evr;
    const std::string version = plain.substr(0, plain.rfind('-'));
    for (const std::string& form :
         {parts.name, format_text("{}.{}", parts.name, parts.arch), format_text("{}-{}", parts.name, version),
          format_text("{}-{}", parts.name, plain), format_text("{}-{}.{}", parts.name, plain, parts.arch),
          format_text("{}-{}", parts.name, epoch), format_text("{}-{}.{}", parts.name, epoch, parts.arch)})
        if (::fnmatch(pattern.c_str(), form.c_str(), 0) == 0)
            return true;
    return false;
}

struct Artifacts {
    std::unordered_set<std::string> active;
    std::unordered_set<std::string> inactive;
    std::unordered_set<Id> names;   ///< of binary packages of active streams
    std::unordered_set<Id> sources; ///< and of their source packages
};

/// NAME and ARCH of "NAME-EPOCH:VERSION-RELEASE.ARCH"; empty if it is written otherwise.
std::pair<std::string, std::string> name_and_arch(const std::string& artifact)
{
    std::size_t dot = artifact.rfind('.');
    std::size_t release = artifact.rfind('-');
    if (dot == artifact.npos || release == artifact.npos || release == 0)
        return {};
    std::size_t version = artifact.rfind('-', release - 1);
    if (version == artifact.npos)
        return {};
    return {artifact.substr(0, version), artifact.substr(dot + 1)};
}

Artifacts index(::Pool* pool, const ModuleArtifacts& artifacts)
{
    Artifacts found;
    found.active.insert(artifacts.active.begin(), artifacts.active.end());
    found.inactive.insert(artifacts.inactive.begin(), artifacts.inactive.end());
    for (const std::string& artifact : artifacts.active) {
        auto [name, arch] = name_and_arch(artifact);
        if (!name.empty())
            (arch == "src" || arch == "nosrc" ? found.sources : found.names).insert(pool_str2id(pool, name.c_str(), 1));
    }
    return found;
}

bool provides_one(::Pool* pool, const Solvable* solvable, const std::unordered_set<Id>& names)
{
    if (solvable->dep_provides == 0)
        return false;
    for (const Id* each = solvable->repo->idarraydata + solvable->dep_provides; *each != 0; ++each) {
        Id id = *each;
        while (ISRELDEP(id) != 0)
            id = GETRELDEP(pool, id)->name;
        if (names.count(id) != 0)
            return true;
    }
    return false;
}

bool is_hidden(::Pool* pool, const Solvable* solvable, const Artifacts& artifacts)
{
    Parts parts = parts_of(pool, solvable);
    std::string evr = parts.evr.find(':') == parts.evr.npos ? "0:" + parts.evr : parts.evr;
    std::string nevra = format_text("{}-{}.{}", parts.name, evr, parts.arch);
    if (artifacts.active.count(nevra) != 0)
        return false;
    if (artifacts.inactive.count(nevra) != 0)
        return true;
    if (parts.arch == "src" || parts.arch == "nosrc")
        return artifacts.sources.count(solvable->name) != 0;
    return artifacts.names.count(solvable->name) != 0 || provides_one(pool, solvable, artifacts.names);
}

} // namespace

void Pool::set_priority(const std::string& repository, int priority)
{
    // dnf's lowest number is libsolv's highest.
    state_->repository(repository)->priority = -priority;
}

namespace {

/// Calls hide for the packages of the repository that match one of the patterns, or match none.
template <class Hide>
void for_matching(::Pool* pool, const std::string& repository, const std::vector<std::string>& patterns, bool wanted,
                  Hide hide)
{
    for (Id id = 2; id < pool->nsolvables; ++id) {
        const Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo == nullptr || (!repository.empty() && repository != solvable->repo->name))
            continue;
        Parts parts = parts_of(pool, solvable);
        bool is_match = std::any_of(patterns.begin(), patterns.end(),
                                    [&](const std::string& pattern) { return matches(parts, pattern); });
        if (is_match == wanted)
            hide(id);
    }
}

} // namespace

void Pool::exclude(const std::string& repository, const std::vector<std::string>& patterns)
{
    for_matching(state_->pool.get(), repository, patterns, true, [&](Id id) { state_->hidden.push_back(id); });
    state_->prepared = false;
}

void Pool::include(const std::string& repository, const std::vector<std::string>& patterns)
{
    for_matching(state_->pool.get(), repository, patterns, false, [&](Id id) { state_->hidden.push_back(id); });
    state_->prepared = false;
}

void Pool::filter_modules(const ModuleArtifacts& artifacts, const std::vector<std::string>& hotfixes)
{
    if (artifacts.active.empty() && artifacts.inactive.empty())
        return;
    ::Pool* pool = state_->pool.get();
    Artifacts known = index(pool, artifacts);
    std::unordered_set<std::string_view> kept(hotfixes.begin(), hotfixes.end());
    for (Id id = 2; id < pool->nsolvables; ++id) {
        const Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo != nullptr && solvable->repo != pool->installed && kept.count(solvable->repo->name) == 0 &&
            is_hidden(pool, solvable, known))
            state_->hidden.push_back(id);
    }
    state_->prepared = false;
}

} // namespace albs::solve
