// SPDX-License-Identifier: GPL-3.0-or-later
// The tests "upgrade" and "downgrade": all packages of one source together, from releases that repositories have, as a
// user's `dnf upgrade` does it.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base_root.hpp"
#include "package_pool.hpp"
#include "tested_package.hpp"

namespace albs::test {

struct SourceUpgrade {
    const BaseRoot* base = nullptr;
    std::vector<TestedPackage*> subjects; ///< all that one task made and that are to be tested, but for damaged ones
    struct Step {
        Release from;
        Upgrade upgrade;
    };
    std::vector<Step> steps; ///< the newest release first
    std::int64_t timeout_s = 600;
    std::function<bool(const TestedPackage&, const char*)> wanted;
};

/// One for each source of which a task made several of these; the releases are fetched. Subjects that are damaged or
/// cannot be installed are left out.
Result<std::vector<SourceUpgrade>> plan_upgrades(PackagePool& pool, const BaseRoot& base,
                                                 const std::vector<TestedPackage*>& subjects, std::size_t releases);

/// Adds "upgrade" and "downgrade" to the findings of the subjects. Settings of a user (%config files with a change)
/// must be found again.
Status run_upgrades(const SourceUpgrade& work);

} // namespace albs::test
