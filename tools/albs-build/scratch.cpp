// SPDX-License-Identifier: GPL-3.0-or-later
#include "scratch.hpp"

#include "root/tree.hpp"
#include "sys/file.hpp"

namespace albs::build {

Result<Scratch> Scratch::open(const store::Workspace& workspace)
{
    ALBS_TRY(std::string path, workspace.directory("builds"));
    if (auto alone = sys::FileLock::exclusive(path + "/lock", 0)) {
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(path));
        for (const std::string& name : names)
            if (name != "lock")
                ALBS_CHECK(root::remove(path + "/" + name));
    }
    ALBS_TRY(sys::FileLock lock, sys::FileLock::shared(path + "/lock"));
    return Scratch(path, std::move(lock));
}

} // namespace albs::build
