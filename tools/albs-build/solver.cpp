// SPDX-License-Identifier: GPL-3.0-or-later
#include "solver.hpp"

namespace albs::build {

Result<std::string> Solver::lock(const platform::Platform& platform, const std::string& arch,
                                 const std::vector<std::string>& needs)
{
    ALBS_TRY(Ground ground, ground_of(platform, arch, options_, context_.workspace_path()));
    ALBS_TRY(auto synced, repositories_.sync(ground.repositories));
    // One at a time: the pool of a large distribution takes hundreds of MB.
    std::lock_guard guard(solving_);
    ALBS_TRY(std::optional<std::string> known, known_lock(ground, needs, synced, context_));
    if (known)
        return *std::move(known);
    ALBS_TRY(metadata::Lock lock, lock_root(ground, needs, synced, repositories_.settings(), context_));
    return metadata::write_lock(lock);
}

} // namespace albs::build
