// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform_of_then.hpp"

#include "platform/record.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::build {

Status use_recorded_platform(const Task& task, const store::Workspace& workspace, const std::string& scratch,
                             RecipeOptions& options)
{
    if (!task.definition || !options.platforms.empty())
        return {};
    ALBS_TRY(std::string record, workspace.store().read(*task.definition));
    ALBS_TRY(std::string text, platform::platforms_file(record));
    const std::string file = scratch + "/" + std::string(*task.definition) + ".platforms.json";
    ALBS_CHECK(sys::write_cache(file, text));
    options.platforms = {file};
    options.flavors.clear(); // they are in it
    return {};
}

Result<Artifact> stored_platform(const std::string& record, const std::string& name, const store::Workspace& workspace)
{
    ALBS_TRY(sys::FileDigest digest, store::Store(workspace.store()).put_bytes(record));
    return Artifact{.sha256 = digest.sha256.hex(),
                    .size = digest.size,
                    .name = name + ".platform.json",
                    .kind = "platform",
                    .rpm = {},
                    .unsigned_sha256 = {}};
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
    ALBS_TRY(comparison.differences, platform::platform_differences(then, recipe.platform_record));
    return comparison;
}

} // namespace albs::build
