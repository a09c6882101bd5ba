// SPDX-License-Identifier: GPL-3.0-or-later
#include "module_sources.hpp"

#include <map>

#include "base/format.hpp"
#include "built_repository.hpp"

namespace albs::build {

std::string lacks_before(const Work& work, const ModulePlace& place, const PlannedTask& planned)
{
    if (place.component == nullptr || place.component->stage == 0)
        return "";
    for (const std::string& source : place.component->after) {
        const std::string id = format_text("{}/{}/{}", source, work.recipe.platform.name(), planned.arch);
        if (const Task* task = work.manifest.task(id); task != nullptr && is_missing(*task))
            return format_text("it is built after '{}' of its module, which was not built", id);
    }
    return "";
}

Result<std::shared_ptr<const BuildConfig>> with_built_before(const Work& work, const BuildConfig& recipe,
                                                             const ComponentPlan& component)
{
    // Of all architectures: a root is solved from those that fit it.
    std::map<std::string, std::string> files;
    for (const std::string& source : component.after)
        for (const Task* task : work.manifest.in_force<Task>()) {
            if (task->source != source || task->platform != work.recipe.platform.name() || task->status != "ok")
                continue;
            for (const JsonText& digest : task->artifacts)
                if (const Artifact* made = work.manifest.artifact(digest); made != nullptr && made->kind == "rpm")
                    files.emplace(made->name, made->sha256);
        }
    std::vector<repositories::Repository> built;
    if (!files.empty()) {
        ALBS_TRY(std::string directory, built_repository(files, work.workspace));
        built.push_back({.name = "built before " + component.source, .urls = {"file://" + directory}});
    }
    auto own = std::make_shared<BuildConfig>(recipe);
    own->solve = [&solver = work.solver, built](const platform::Platform& platform, const std::string& arch,
                                                const std::vector<std::string>& needs) {
        return solver.lock(platform, arch, needs, built);
    };
    return std::shared_ptr<const BuildConfig>(std::move(own));
}

} // namespace albs::build
