// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform_of_then.hpp"

#include "platform_record.hpp"
#include "sys/file.hpp"

namespace albs::build {

Status use_recorded_platform(const Task& task, const store::Workspace& workspace, const std::string& scratch,
                             RecipeOptions& options)
{
    if (!task.definition || !options.platforms.empty())
        return {};
    ALBS_TRY(std::string record, workspace.store().read(*task.definition));
    ALBS_TRY(std::string text, platforms_file(record));
    const std::string file = scratch + "/" + std::string(*task.definition) + ".platforms.json";
    ALBS_CHECK(sys::write_cache(file, text));
    options.platforms = {file};
    options.flavors.clear(); // they are in it
    return {};
}

Result<PlatformComparison> compare_platforms(const Task& task, const BuildConfig& recipe,
                                             const store::Workspace& workspace)
{
    PlatformComparison comparison;
    if (!task.definition || !recipe.definition)
        return comparison;
    comparison.same = *task.definition == recipe.definition->sha256;
    if (*comparison.same)
        return comparison;
    ALBS_TRY(std::string then, workspace.store().read(*task.definition));
    ALBS_TRY(comparison.differences, platform_differences(then, recipe.platform_record));
    return comparison;
}

} // namespace albs::build
