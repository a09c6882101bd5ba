// SPDX-License-Identifier: GPL-3.0-or-later
// Temporary checkouts in the workspace. A run that is killed cannot remove its own; the next one does.
#include "sources.hpp"
#include "sys/file.hpp"

namespace albs::fetch {

Result<sys::TemporaryDirectory> scratch(Session& session)
{
    ALBS_TRY(std::string parent, session.workspace.directory("fetch"));
    return sys::TemporaryDirectory::make("source", parent);
}

Result<sys::FileLock> hold_scratch(const store::Workspace& workspace)
{
    ALBS_TRY(std::string parent, workspace.directory("fetch"));
    std::string lock = parent + "/lock";
    if (auto alone = sys::FileLock::exclusive(lock, 0)) {
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(parent));
        for (const std::string& name : names)
            if (name != "lock")
                ALBS_CHECK(sys::remove_tree(parent + "/" + name));
    }
    return sys::FileLock::shared(lock);
}

} // namespace albs::fetch
