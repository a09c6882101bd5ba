// SPDX-License-Identifier: GPL-3.0-or-later
#include "distgit/layout.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::distgit {
namespace {

constexpr std::string_view spec_ending = ".spec";
constexpr std::size_t max_reason = 65536; ///< bytes of dead.package

std::vector<std::string> specs_in(const std::string& directory)
{
    std::vector<std::string> specs;
    auto names = sys::list_directory(directory);
    if (!names)
        return specs;
    std::copy_if(names->begin(), names->end(), std::back_inserter(specs), [](const std::string& name) {
        return name.size() > spec_ending.size() && name.ends_with(spec_ending) && name.front() != '.';
    });
    return specs;
}

Result<std::string> choose_spec(const std::vector<std::string>& specs, const std::string& repository_name)
{
    if (specs.size() == 1)
        return specs[0];
    std::string wanted = repository_name + std::string(spec_ending);
    if (std::find(specs.begin(), specs.end(), wanted) != specs.end())
        return wanted;
    std::string list;
    for (const std::string& spec : specs)
        list += (list.empty() ? "'" : ", '") + spec + "'";
    return fail(Kind::input, "there are several specs and none is '" + wanted + "': " + list);
}

bool is_metadata(std::string_view name)
{
    return name == "sources" || (name.size() > 10 && name.front() == '.' && name.ends_with(".metadata"));
}

/// A retired package has a file that says why, in its place.
tl::unexpected<Error> no_spec(const std::string& directory)
{
    struct stat status {};
    const std::string retired = directory + "/dead.package";
    if (::lstat(retired.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(Kind::input, "there is no spec in it, neither in its root nor in SPECS/",
                    "is it a dist-git repository, and the branch one with a package?");
    auto text = sys::read_file(retired, max_reason);
    const std::vector<std::string> lines = split_lines(text.value_or(""));
    const std::string reason = lines.empty() ? "" : as_utf8(trimmed(lines.front()).substr(0, 200));
    return fail(Kind::input, reason.empty() ? "the package was retired" : "the package was retired: " + reason,
                "it may live on another branch, or in a commit before dead.package was added");
}

} // namespace

Result<Layout> find_layout(const std::string& directory, const std::string& repository_name)
{
    Layout layout;
    std::vector<std::string> specs = specs_in(directory + "/SPECS");
    layout.flat = specs.empty();
    if (layout.flat)
        specs = specs_in(directory);
    if (specs.empty())
        return no_spec(directory);
    ALBS_TRY(std::string spec, choose_spec(specs, repository_name));
    layout.name = spec.substr(0, spec.size() - spec_ending.size());
    layout.spec = layout.flat ? spec : "SPECS/" + spec;
    layout.sources = layout.flat ? "" : "SOURCES";
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(directory));
    std::copy_if(names.begin(), names.end(), std::back_inserter(layout.metadata), [&](const std::string& name) {
        struct stat status {};
        return is_metadata(name) && ::stat((directory + "/" + name).c_str(), &status) == 0 && S_ISREG(status.st_mode);
    });
    return layout;
}

Status prepare_parent(const std::string& root, const std::string& path)
{
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        std::string part = root + "/" + path.substr(0, slash);
        struct stat status {};
        if (::lstat(part.c_str(), &status) == 0) {
            if (!S_ISDIR(status.st_mode))
                return fail(Kind::input, "'" + path.substr(0, slash) + "' is not a directory");
        } else if (::mkdir(part.c_str(), 0755) != 0) {
            return sys::system_error("cannot create directory", part);
        }
    }
    return {};
}

} // namespace albs::distgit
