// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/view.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

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

std::vector<Step> steps_for_host(const std::string& place, const std::vector<std::string>& directories)
{
    std::vector<Step> steps = {{What::memory, place},
                               {What::directory, place + "/upper"},
                               {What::directory, place + "/merging"},
                               {What::directory, place + "/root"}};
    std::vector<Step> overlays;
    // Links (merged /usr) need no layer: they are made as links.
    for (const char* name : {"usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
        struct stat status{};
        std::string path = std::string("/") + name;
        if (::lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
            continue;
        std::string upper = place + "/upper/" + name;
        std::string work = place + "/merging/" + name;
        std::string root = place + "/root/" + name;
        for (const std::string& directory : {upper, work, root})
            steps.push_back({What::directory, directory});
        if (::geteuid() != 0)
            for (const std::string& directory : own_directories(path, directories))
                steps.push_back({What::directory, place + "/upper" + directory});
        overlays.push_back(
            {What::overlay, root, "lowerdir=" + path + ",upperdir=" + upper + ",workdir=" + work + ",userxattr"});
    }
    steps.insert(steps.end(), overlays.begin(), overlays.end());
    return steps;
}

} // namespace

View::View(sys::TemporaryDirectory place, Namespaces namespaces)
    : place_(std::make_unique<sys::TemporaryDirectory>(std::move(place))), namespaces_(std::move(namespaces))
{
}

Result<View> View::make(const std::vector<std::string>& directories)
{
    ALBS_TRY(sys::TemporaryDirectory place, sys::TemporaryDirectory::make("albs-view"));
    ALBS_TRY(Namespaces namespaces, Namespaces::make(steps_for_host(place.path(), directories)));
    View view(std::move(place), std::move(namespaces));
    ALBS_CHECK(make_view_files(view.root_from_here()));
    return view;
}

Result<View> View::over(const std::string& root, const std::vector<std::string>& for_builds,
                        const Emulation& emulation)
{
    ALBS_TRY(sys::TemporaryDirectory temporary, sys::TemporaryDirectory::make("albs-view"));
    const std::string& place = temporary.path();
    std::vector<Step> steps = emulation.steps();
    for (const std::string& path : for_builds)
        steps.push_back({What::give, path});
    steps.push_back({What::memory, place});
    for (const char* name : {"/lower", "/upper", "/merging", "/root"})
        steps.push_back({What::directory, place + name});
    // By a name of ours: commas and colons of another would mean something in an overlay's options.
    steps.push_back({What::bind, place + "/lower", root});
    steps.push_back(
        {What::overlay, place + "/root",
         "lowerdir=" + place + "/lower,upperdir=" + place + "/upper,workdir=" + place + "/merging,userxattr"});
    ALBS_TRY(Namespaces namespaces, Namespaces::make(steps));
    return View(std::move(temporary), std::move(namespaces));
}

std::string View::root_from_here() const
{
    return "/proc/" + std::to_string(namespaces_.process()) + "/root" + root();
}

} // namespace albs::sandbox
