// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/view.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sandbox/view_files.hpp"

namespace albs::sandbox {
namespace {

namespace fs = std::filesystem;

/// Every directory of /usr (and of /bin and the like) that a package is likely to put files in; read once.
const std::set<std::string>& likely_directories(const std::string& top)
{
    static std::mutex mutex;
    static std::map<std::string, std::set<std::string>> known;
    std::lock_guard guard(mutex);
    auto [entry, is_new] = known.try_emplace(top);
    std::error_code error;
    if (is_new)
        for (fs::recursive_directory_iterator each(top, fs::directory_options::skip_permission_denied, error), end;
             !error && each != end; each.increment(error)) {
            if (!each->is_directory(error) || each->is_symlink(error))
                continue;
            entry->second.insert(each->path().string());
            if (each.depth() >= 3)
                each.disable_recursion_pending();
        }
    return entry->second;
}

/// Parents before children.
std::set<std::string> own_directories(const std::string& top, const std::vector<std::string>& wanted)
{
    std::set<std::string> all = likely_directories(top);
    std::error_code error;
    for (const std::string& path : wanted)
        for (fs::path each = path; each.string().starts_with(top + "/"); each = each.parent_path())
            if (fs::is_directory(fs::symlink_status(each, error)))
                all.insert(each.string());
    return all;
}

using What = Step::What;

std::vector<Step> steps_for_host(const std::string& memory, const std::vector<std::string>& directories)
{
    std::vector<Step> steps;
    for (const char* name : {"/upper", "/merging", "/root"})
        steps.push_back({What::directory, memory + name});
    std::vector<Step> overlays;
    // Links (merged /usr) need no layer: they are made as links.
    for (const char* name : {"usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
        struct stat status {};
        std::string path = std::string("/") + name;
        if (::lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
            continue;
        std::string upper = memory + "/upper" + path;
        std::string work = memory + "/merging" + path;
        std::string root = memory + "/root" + path;
        for (const std::string& directory : {upper, work, root})
            steps.push_back({What::directory, directory});
        for (const std::string& directory : own_directories(path, directories))
            steps.push_back({What::directory, memory + "/upper" + directory});
        overlays.push_back(
            {What::overlay, root, format_text("lowerdir={},upperdir={},workdir={},userxattr", path, upper, work)});
    }
    steps.insert(steps.end(), overlays.begin(), overlays.end());
    return steps;
}

} // namespace

Result<View> View::make(const std::vector<std::string>& directories)
{
    ALBS_TRY(sys::TemporaryDirectory place, Namespaces::make_place());
    std::string memory = Namespaces::memory_of(place);
    std::vector<Step> steps = steps_for_host(memory, directories);
    ALBS_TRY(std::vector<Step> files, view_files(memory + "/root"));
    steps.insert(steps.end(), files.begin(), files.end());
    return Namespaces::make(std::move(place), Users::many, {}, steps).map([](Namespaces made) {
        return View(std::move(made));
    });
}

Result<View> View::over(const std::vector<std::string>& layers, const std::vector<std::string>& for_builds,
                        const Emulation& emulation)
{
    ALBS_TRY(sys::TemporaryDirectory place, Namespaces::make_place());
    std::string memory = Namespaces::memory_of(place);
    std::vector<Step> steps = emulation.steps();
    for (const std::string& path : for_builds)
        steps.push_back({What::give, path});
    for (const char* name : {"/upper", "/merging", "/root"})
        steps.push_back({What::directory, memory + name});
    // By names of ours: commas and colons of others would mean something in an overlay's options.
    std::string lower = place.path() + "/0";
    for (std::size_t i = 1; i < layers.size(); ++i)
        lower += ":" + place.path() + "/" + std::to_string(i);
    steps.push_back({What::overlay, memory + "/root",
                     format_text("lowerdir={},upperdir={}/upper,workdir={}/merging,userxattr", lower, memory, memory)});
    return Namespaces::make(std::move(place), Users::many, layers, steps).map([](Namespaces made) {
        return View(std::move(made));
    });
}

Result<View> View::of_layer(const std::string& base, const std::string& layer, const Emulation& emulation)
{
    ALBS_TRY(sys::TemporaryDirectory place, Namespaces::make_place());
    std::string memory = Namespaces::memory_of(place);
    std::vector<Step> steps = emulation.steps();
    steps.push_back({What::directory, memory + "/root"});
    // volatile: else all of the file system below is synced when the overlay goes.
    steps.push_back(
        {What::overlay, memory + "/root",
         format_text("lowerdir={0}/0,upperdir={0}/1/tree,workdir={0}/1/work,userxattr,volatile", place.path())});
    return Namespaces::make(std::move(place), Users::many, {base, layer}, steps).map([](Namespaces made) {
        return View(std::move(made));
    });
}

std::string View::root_from_here() const
{
    return "/proc/" + std::to_string(namespaces_.process()) + "/root" + root();
}

} // namespace albs::sandbox
