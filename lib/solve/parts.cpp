// SPDX-License-Identifier: GPL-3.0-or-later
// Rich dependencies as the plain ones that they are made of.
#include <algorithm>

#include "solve/libsolv.hpp"

namespace albs::solve {
namespace {

/// Those that a root may get because of the dependency.
void add_parts(const ::Pool* pool, Id dependency, std::vector<Id>& parts)
{
    const Reldep* relation = ISRELDEP(dependency) != 0 ? GETRELDEP(pool, dependency) : nullptr;
    switch (relation == nullptr ? 0 : relation->flags) {
    case REL_AND:
    case REL_OR:
    case REL_WITH:
    case REL_ELSE:
        add_parts(pool, relation->name, parts);
        add_parts(pool, relation->evr, parts);
        break;
    case REL_WITHOUT: add_parts(pool, relation->name, parts); break;
    case REL_COND:
    case REL_UNLESS:
        add_parts(pool, relation->name, parts);
        if (ISRELDEP(relation->evr) != 0 && GETRELDEP(pool, relation->evr)->flags == REL_ELSE)
            add_parts(pool, GETRELDEP(pool, relation->evr)->evr, parts);
        break;
    default: parts.push_back(dependency);
    }
}

} // namespace

std::vector<std::vector<PackageId>> Pool::providers_of_parts(const std::vector<std::string>& needs)
{
    ::Pool* pool = state_->pool.get();
    std::vector<std::vector<Id>> parts(needs.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
        add_parts(pool, parse_dependency(pool, needs[i]), parts[i]);
        if (needs[i].find('/') != std::string::npos)
            for (Id part : parts[i])
                state_->mention(part);
    }
    state_->prepare();
    std::vector<std::vector<PackageId>> lists(needs.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
        std::vector<PackageId>& list = lists[i];
        for (Id part : parts[i]) {
            Id id = 0;
            Id position = 0;
            FOR_PROVIDES(id, position, part)
            {
                list.push_back(id);
            }
        }
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return lists;
}

} // namespace albs::solve
