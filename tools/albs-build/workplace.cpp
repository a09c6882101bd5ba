// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace.hpp"

#include "platform/platform.hpp"
#include "root/tree.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// Directories that everybody may write to, by their place inside. On disk and not in memory, so that what a build
/// writes there counts as disk space.
constexpr std::pair<const char*, const char*> for_all[] = {
    {"/tmp", "/tmp"}, {"/var-tmp", "/var/tmp"}, {"/shm", "/dev/shm"}};

/// Below %_topdir: what is kept.
constexpr const char* results[] = {"/RPMS", "/SRPMS"};

} // namespace

Workplace::~Workplace()
{
    // Files there belong to the user of builds, whom a plain user cannot stand in for outside of namespaces.
    if (view_ != nullptr)
        (void)root::remove(inside_);
}

Status Workplace::make_directories(const std::vector<std::string>& mount_points)
{
    ALBS_CHECK(store::make_directory(inside_ + "/builddir", 0755));
    mounts_.push_back({inside_ + "/builddir", "/builddir", true});
    for (auto [here, inside] : for_all) {
        ALBS_CHECK(store::make_directory(inside_ + here, 01777));
        mounts_.push_back({inside_ + here, inside, true});
    }
    for (const std::string& one : mount_points)
        ALBS_CHECK(store::make_directory(inside_ + one, 0755));
    return {};
}

/// The directories of memory list their names in another order than those of a disk. What comes out is on disk.
Status Workplace::work_in_memory()
{
    mounts_.push_back({"", "/builddir/" + top_, true});
    for (const char* name : results) {
        ALBS_CHECK(store::make_directory(top() + name));
        mounts_.push_back({top() + name, "/builddir/" + top_ + name, true});
    }
    return {};
}

Result<Workplace> Workplace::on_host(const BuildConfig& recipe, const std::string& directory,
                                     const std::vector<std::string>& mount_points)
{
    Workplace place(directory + "/inside");
    place.top_ = varied_top(recipe.varied);
    ALBS_CHECK(place.make_directories(mount_points));
    if (recipe.varied.contains("order"))
        ALBS_CHECK(place.work_in_memory());
    place.host_knows_packages_ = recipe.platform.knows_packages();
    for (const auto& [from, to] : recipe.platform.stand_ins())
        place.mounts_.push_back({from, to, false});
    place.files_ = {{platform::macro_file, recipe.platform.macros_here()},
                    {platform::rpmrc_file, recipe.platform.rpmrc()}};
    return place;
}

Result<Workplace> Workplace::in_root(const BuildConfig& recipe, const std::string& arch, const root::Root& root,
                                     const std::string& directory, const std::vector<std::string>& mount_points)
{
    Workplace place(directory + "/inside");
    place.top_ = varied_top(recipe.varied);
    ALBS_CHECK(place.make_directories(mount_points));
    std::vector<std::string> for_builds = {place.inside_ + "/builddir"};
    if (recipe.varied.contains("order")) {
        ALBS_CHECK(place.work_in_memory());
        for (const char* name : results)
            for_builds.push_back(place.top() + name);
    }
    // A file of this machine, since what bubblewrap makes of descriptors only its own user could read.
    std::string macros = directory + "/macros";
    ALBS_CHECK(sys::write_cache(macros, recipe.platform.macros()));
    place.mounts_.push_back({macros, platform::macro_file, false});
    ALBS_TRY(place.emulation_, sandbox::emulation_of(arch));
    ALBS_TRY(sandbox::View view, sandbox::View::over(root.layers, for_builds, place.emulation_));
    place.view_ = std::make_unique<sandbox::View>(std::move(view));
    return place;
}

void Workplace::furnish(sandbox::Job& job) const
{
    job.view = view_.get();
    job.emulation = emulation_;
    job.mounts.insert(job.mounts.end(), mounts_.begin(), mounts_.end());
    job.files = files_;
}

} // namespace albs::build
