// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/locked_packages.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/url.hpp"
#include "sys/file.hpp"

namespace albs::root {
namespace {

std::string in_mirror(const std::string& mirror, const std::string& path)
{
    const bool is_url = mirror.find("://") != std::string::npos;
    return (is_url ? mirror : "file://" + mirror) + (mirror.ends_with('/') ? "" : "/") + path;
}

void add_mirrors(const buildroot::LockedPackage& package, const std::vector<std::string>& mirrors,
                 repositories::PackageRequest& wanted)
{
    for (const std::string& mirror : mirrors) {
        if (package.path)
            wanted.urls.push_back(in_mirror(mirror, *package.path));
        const std::string name =
            format_text("{}-{}-{}.{}.rpm", package.name, package.version, package.release, package.arch);
        wanted.urls.push_back(in_mirror(mirror, name));
    }
}

} // namespace

Status take_from_store(const buildroot::Lock& lock, const store::Store& store, const std::string& packages)
{
    for (const buildroot::LockedPackage& package : lock.packages) {
        const std::string directory = packages + "/sha256/" + package.sha256.substr(0, 2);
        if (!sys::exists(directory + "/" + package.sha256) && store.has(package.sha256))
            ALBS_CHECK(store.lay_out(package.sha256, directory, package.sha256));
    }
    return {};
}

Status fetch_locked(const buildroot::Lock& lock, const Request& request, const std::vector<std::string>& mirrors,
                    const repositories::Settings& settings, const RunContext& run)
{
    std::vector<repositories::SyncedRepository> synced;
    std::vector<bool> there = repositories::are_there(repositories::wanted_of(lock, synced), run.workspace_path);
    if (std::find(there.begin(), there.end(), false) != there.end()) {
        Result<std::vector<repositories::SyncedRepository>> found = repositories::sync(request.repositories, settings);
        if (!found && (mirrors.empty() || found.error().kind == Kind::trust))
            return tl::unexpected<Error>(std::move(found).error());
        if (found)
            synced = *std::move(found);
        else
            run.warn("the platform's repositories cannot be had, only mirrors are asked: " + found.error().message);
    }
    std::vector<repositories::PackageRequest> wanted = repositories::wanted_of(lock, synced);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        add_mirrors(lock.packages[i], mirrors, wanted[i]);
    ALBS_TRY(store::Workspace * workspace, run.workspace());
    ALBS_CHECK(repositories::fetch(wanted, *workspace, fetch_options(settings, run)));
    return {};
}

} // namespace albs::root
