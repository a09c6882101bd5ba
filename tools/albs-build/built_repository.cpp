// SPDX-License-Identifier: GPL-3.0-or-later
#include "built_repository.hpp"

#include <cstdio>

#include "repo/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/temporary.hpp"

namespace albs::build {

Result<std::string> built_repository(const std::map<std::string, std::string>& packages,
                                     const store::Workspace& workspace)
{
    ALBS_TRY(std::string parent, workspace.directory("linked"));
    ALBS_TRY(parent, sys::absolute_path(parent));
    std::string all;
    repo::Contents contents;
    contents.revision = 1;
    for (const auto& [name, digest] : packages) {
        all += digest + " " + name + "\n";
        contents.packages.push_back(name);
    }
    const std::string path = parent + "/" + sha256(all).hex();
    if (sys::exists(path))
        return path;
    ALBS_TRY(sys::TemporaryDirectory made, sys::TemporaryDirectory::make("new", parent));
    for (const auto& [name, digest] : packages)
        ALBS_CHECK(workspace.store().lay_out(digest, made.path(), name));
    ALBS_CHECK(repo::library().write_metadata(made.path(), contents, 1));
    // Another run may have been faster, with the same.
    if (std::rename(made.path().c_str(), path.c_str()) != 0 && !sys::exists(path))
        return sys::system_error("cannot rename", made.path());
    return path;
}

} // namespace albs::build
