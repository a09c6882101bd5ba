// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded_options.hpp"

#include "platform_of_then.hpp"
#include "task_options.hpp"

namespace albs::build {

Result<BuildOptions> recorded_options(const Task& task, const std::vector<std::string>& platforms,
                                      const std::vector<std::string>& flavors, const store::Workspace& workspace,
                                      const std::string& scratch)
{
    BuildOptions own;
    own.recipe.platform = {task.platform};
    if (task.arch != "src")
        own.recipe.arches = task.arch;
    own.recipe.platforms = platforms;
    if (Status known = read_words(task.options, own.recipe); !known)
        return fail(std::move(known).error(), "task '" + task.id + "'");
    if (own.recipe.flavors.empty()) // what older versions did not record
        own.recipe.flavors = flavors;
    ALBS_CHECK(use_recorded_platform(task, workspace, scratch, own.recipe));
    own.run.network = task.network;
    own.recipe.backend = task.backend;
    if (task.backend == "chroot") {
        const OptionalString& lock = task.arch == "src" ? task.srpm_buildroot : task.buildroot;
        if (!lock)
            return fail(Kind::input, "task '" + task.id + "' does not name the lock of its root");
        // The very root of then, wherever repositories have moved.
        ALBS_TRY(own.run.lock, workspace.store().path(*lock));
        own.recipe.linked.clear();
    }
    return own;
}

} // namespace albs::build
