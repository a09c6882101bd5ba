// SPDX-License-Identifier: GPL-3.0-or-later
// Who provides what is needed: packages of repositories, and packages that are yet to be built.
#pragma once
#include <string>
#include <vector>

#include "repositories/resolve.hpp"

namespace albs::repositories {

struct ProvidersOfNeed {
    std::vector<std::size_t> future;  ///< numbers of the packages that are yet to come
    std::vector<std::string> sources; ///< names of the sources of packages of the repositories, each once
    bool is_in_repositories = false;
};

/// For each need ("gcc >= 12", "(a or b)", "/usr/bin/cc"), who provides it or a part of it. Module streams, excludes
/// and architectures are looked at as in resolve(), and so are its errors. All needs cost one look at the pool.
Result<std::vector<ProvidersOfNeed>> find_providers(const std::vector<SyncedRepository>& repositories,
                                                    const RootQuery& question, const std::vector<FuturePackage>& future,
                                                    const std::vector<std::string>& needs, const Settings& settings);

} // namespace albs::repositories
