// SPDX-License-Identifier: GPL-3.0-or-later
#include "base_root.hpp"

#include <algorithm>

#include "albs/buildroot/lock.hpp"

namespace albs::build {

std::string target_of_packages(const platform::Platform& platform)
{
    const std::vector<std::string>& arches = platform.arches();
    return std::find(arches.begin(), arches.end(), "x86_64") != arches.end() ? "x86_64" : arches.front();
}

Result<SpecPlace> place_of_arch(const BuildConfig& recipe, const std::string& asked,
                                const std::vector<std::string>& installed, const store::Workspace& workspace)
{
    // A source package by itself is for no architecture.
    const std::string arch = asked == "src" ? target_of_packages(recipe.platform) : asked;
    SpecPlace place{arch, {}};
    if (recipe.uses_roots()) {
        ALBS_TRY(place.lock, lock_of_root(recipe, arch, installed, workspace));
    } else if (recipe.platform.backend() == "host") {
        ALBS_TRY(place.lock, lock_of_host(recipe, workspace));
    }
    return place;
}

Result<SpecPlace> place_of_packages(const BuildConfig& recipe, const std::string& arch,
                                    const std::vector<std::string>& installed, const store::Workspace& workspace)
{
    if (recipe.uses_roots() && !recipe.base_lock.empty()) {
        ALBS_TRY(buildroot::Lock lock, buildroot::read_lock(recipe.base_lock));
        ALBS_TRY(Artifact stored, stored_lock(workspace, recipe.base_lock, recipe.platform.name() + "-" + lock.arch));
        return SpecPlace{lock.arch, std::move(stored)};
    }
    const std::vector<std::string>& arches = recipe.platform.arches();
    const std::string own = platform::machine_arch();
    bool has_own = (recipe.uses_roots() || recipe.platform.backend() == "mock") && recipe.lock.empty() &&
                   std::find(arches.begin(), arches.end(), own) != arches.end() &&
                   !recipe.platform.repositories(own).empty();
    return place_of_arch(recipe, has_own ? own : arch, installed, workspace);
}

} // namespace albs::build
