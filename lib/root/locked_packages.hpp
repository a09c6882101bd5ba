// SPDX-License-Identifier: GPL-3.0-or-later
// The packages of a lock, in the workspace.
#pragma once
#include <string>
#include <vector>

#include "root/solver.hpp"

namespace albs::root {

/// Links into PACKAGES, the workspace's directory of fetched ones, what is not there and lies in the store: another
/// machine put it there, or it came with what was published.
Status take_from_store(const buildroot::Lock& lock, const store::Store& store, const std::string& packages);

/// Fetches those that are not there, by digest: from the repositories of the request, then from each mirror, a directory
/// or URL that has packages at the paths which the lock names, or side by side. Where all are there nobody is asked. With
/// mirrors, repositories that cannot be had are a warning. Errors are those of repositories::fetch().
Status fetch_locked(const buildroot::Lock& lock, const Request& request, const std::vector<std::string>& mirrors,
                    const repositories::Settings& settings, const RunContext& run);

} // namespace albs::root
