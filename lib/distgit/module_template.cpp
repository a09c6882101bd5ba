// SPDX-License-Identifier: GPL-3.0-or-later
#include "distgit/module_template.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "sys/file.hpp"

namespace albs::distgit {
namespace {

bool has_spec(const std::string& directory)
{
    auto names = sys::list_directory(directory);
    return names && std::any_of(names->begin(), names->end(),
                                [](const std::string& name) { return name.ends_with(".spec") && name.front() != '.'; });
}

} // namespace

std::optional<std::string> find_template(const std::string& directory, const std::string& repository_name)
{
    if (has_spec(directory) || has_spec(directory + "/SPECS"))
        return std::nullopt;
    for (const std::string& path : {std::string("SOURCES/modulemd.src.txt"), std::string("modulemd.src.txt"),
                                    repository_name + ".yaml", repository_name + ".yml"}) {
        struct stat status {};
        if (::lstat((directory + "/" + path).c_str(), &status) == 0 && S_ISREG(status.st_mode))
            return path;
    }
    return std::nullopt;
}

} // namespace albs::distgit
