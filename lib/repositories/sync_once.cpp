// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/sync_once.hpp"

#include "repositories/cache.hpp"

namespace albs::repositories {

Result<std::vector<SyncedRepository>> SyncOnce::sync(const std::vector<Repository>& repositories)
{
    std::lock_guard guard(mutex_);
    std::vector<Repository> fresh;
    for (const Repository& one : repositories)
        if (known_.count(cache_name(one)) == 0)
            fresh.push_back(one);
    ALBS_TRY(std::vector<SyncedRepository> synced, repositories::sync(fresh, settings_));
    for (SyncedRepository& one : synced)
        known_.emplace(cache_name(one.repository), std::move(one));
    std::vector<SyncedRepository> all;
    for (const Repository& one : repositories)
        if (one.enabled) {
            all.push_back(known_.at(cache_name(one)));
            all.back().repository = one; // priority and excludes are not of the metadata
        }
    return all;
}

} // namespace albs::repositories
