// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "check_options.hpp"
#include "choose_platform.hpp"
#include "linked_builds.hpp"
#include "sys/given_file.hpp"
#include "task_options.hpp"

namespace albs::build {
namespace {

Result<std::vector<std::string>> read_arches(const std::string& list, const platform::Platform& platform)
{
    const auto& known = platform.arches();
    if (list.empty()) {
        auto own = std::find(known.begin(), known.end(), platform::machine_arch());
        return std::vector<std::string>{own != known.end() ? *own : known.front()};
    }
    std::vector<std::string> arches;
    std::size_t start = 0;
    while (start <= list.size()) {
        std::size_t comma = std::min(list.find(',', start), list.size());
        std::string arch = list.substr(start, comma - start);
        if (std::find(known.begin(), known.end(), arch) == known.end()) {
            std::string hint = "known architectures:";
            for (const std::string& one : known)
                hint += " '" + one + "'";
            return fail(Kind::usage, format_text("platform '{}' cannot build for '{}'", platform.name(), arch), hint);
        }
        if (std::find(arches.begin(), arches.end(), arch) == arches.end())
            arches.push_back(arch);
        start = comma + 1;
    }
    return arches;
}

} // namespace

Result<Recipe> read_recipe(RecipeOptions options, bool has_lock, store::Workspace* workspace)
{
    ALBS_CHECK(check(options));
    Recipe recipe;
    if (workspace != nullptr) {
        ALBS_TRY(recipe.linked, keep_manifests(options.linked, *workspace));
    }
    ALBS_TRY(recipe.platform, choose_platform(options, has_lock, workspace, recipe.platform_record));
    recipe.words = words_of_rpmbuild(options);
    recipe.options = task_options(options);
    recipe.srpm_as_is = options.srpm_as_is;
    recipe.trust_first_fetch = options.trust_first_fetch;
    ALBS_TRY(recipe.arches, read_arches(options.arches, recipe.platform));
    return recipe;
}

Result<platform::Overrides> read_overrides(const std::string& build_configs)
{
    if (build_configs.empty())
        return platform::Overrides();
    ALBS_TRY(std::string text, sys::read_given(build_configs));
    return platform::Overrides::read(text, build_configs);
}

tl::unexpected<Error> of_package(Error error, const std::string& package, const std::string& build_configs)
{
    return fail(std::move(error), format_text("package '{}' in '{}'", package, build_configs));
}

} // namespace albs::build
