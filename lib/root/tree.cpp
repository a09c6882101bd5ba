// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/tree.hpp"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/namespaces.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::root {

Status remove(const std::string& tree)
{
    if (!sys::exists(tree))
        return {};
    if (::geteuid() == 0)
        return sys::remove_tree(tree);
    // Without a map of many ids there is nothing in it that is not this user's.
    ALBS_TRY(sys::TemporaryDirectory place, sandbox::Namespaces::make_place());
    ALBS_TRY(sandbox::Namespaces namespaces, sandbox::Namespaces::make(std::move(place), sandbox::Users::many));
    sys::Command command;
    command.argv = namespaces.enter();
    command.argv.insert(command.argv.end(), {"rm", "-rf", "--one-file-system", "--", tree});
    return sys::run_checked(command).map([](const sys::ProcessResult&) {});
}

std::int64_t size_of(const std::string& tree)
{
    namespace fs = std::filesystem;
    std::int64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator each(tree, fs::directory_options::skip_permission_denied, error), end;
         !error && each != end; each.increment(error)) {
        struct stat status {};
        if (::lstat(each->path().c_str(), &status) == 0)
            bytes += std::int64_t{status.st_blocks} * 512;
    }
    return bytes;
}

} // namespace albs::root
