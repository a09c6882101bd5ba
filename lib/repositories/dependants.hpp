// SPDX-License-Identifier: GPL-3.0-or-later
// What has to be built again when sources change.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "repositories/resolve.hpp"

namespace albs::repositories {

/// A source of the repositories, and the first of its packages that needs what changes.
struct DependantSource {
    std::string name;
    std::string source_package; ///< file name
    std::string package;        ///< NEVRA; of the source package itself, where it is its BuildRequires
    std::string need;
    std::string provider; ///< name of the source that provides it
};

/// The sources, by name, whose packages require what packages of these sources provide, or whose source packages do,
/// where the repositories have those; without these sources themselves. Errors as those of resolve().
Result<std::vector<DependantSource>> dependants_of(const std::vector<SyncedRepository>& repositories,
                                                   const RootQuery& question, const std::set<std::string>& sources,
                                                   const Settings& settings);

} // namespace albs::repositories
