// SPDX-License-Identifier: GPL-3.0-or-later
// Who needs a package: the other way round than a solver asks.
#include <optional>

#include "solve/libsolv.hpp"

namespace albs::solve {

std::vector<Dependant> Pool::dependants(const std::vector<PackageId>& of)
{
    state_->prepare();
    ::Pool* pool = state_->pool.get();
    std::vector<bool> wanted(static_cast<std::size_t>(pool->nsolvables), false);
    for (PackageId package : of)
        wanted[static_cast<std::size_t>(package)] = true;
    auto provided = [&](Id dependency) -> std::optional<PackageId> {
        Id id = 0;
        Id position = 0;
        FOR_PROVIDES(id, position, dependency)
        {
            if (wanted[static_cast<std::size_t>(id)])
                return id;
        }
        return std::nullopt;
    };
    std::vector<Dependant> list;
    for (Id id = 2; id < pool->nsolvables; ++id) {
        const Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo == nullptr || wanted[static_cast<std::size_t>(id)] || solvable->dep_requires == 0)
            continue;
        for (const Id* each = solvable->repo->idarraydata + solvable->dep_requires; *each != 0; ++each) {
            if (*each == SOLVABLE_PREREQMARKER)
                continue;
            if (auto provider = provided(*each)) {
                list.push_back({id, *provider, pool_dep2str(pool, *each)});
                break;
            }
        }
    }
    return list;
}

} // namespace albs::solve
