// SPDX-License-Identifier: GPL-3.0-or-later
#include "linked_builds.hpp"

#include <algorithm>
#include <map>

#include "albs/manifest/manifest.hpp"
#include "base/url.hpp"
#include "built_repository.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::build {
namespace {

constexpr std::string_view build_prefix = "build:";
constexpr std::size_t max_manifest = std::size_t{1} << 30;

bool is_number(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// Names and digests of what was built for the architecture.
std::map<std::string, std::string> packages_of(const Manifest& manifest, const std::string& arch)
{
    std::map<std::string, std::string> packages;
    for (const Task* task : manifest.in_force<Task>())
        if (task->status == "ok" && task->arch == arch)
            for (const JsonText& digest : task->artifacts)
                if (const Artifact* artifact = manifest.artifact(digest);
                    artifact != nullptr && artifact->kind == "rpm")
                    packages.emplace(artifact->name, digest);
    return packages;
}

/// The repository of the manifest for each architecture that it has packages of.
Result<std::map<std::string, std::string>>
repositories_of(const std::string& digest, const std::vector<std::string>& arches, const store::Workspace& workspace)
{
    ALBS_TRY(std::string text, workspace.store().read(digest));
    ALBS_TRY(Manifest manifest, Manifest::parse(text));
    std::map<std::string, std::string> urls;
    for (const std::string& arch : arches)
        if (auto packages = packages_of(manifest, arch); !packages.empty()) {
            ALBS_TRY(std::string path, built_repository(packages, workspace));
            urls[arch] = "file://" + path;
        }
    if (urls.empty())
        return fail(Kind::input, "the manifest has no packages for this platform's architectures");
    return urls;
}

/// The URL of the place for each architecture.
Result<std::map<std::string, std::string>> urls_of(const std::string& place, const std::vector<std::string>& arches,
                                                   const store::Workspace* workspace)
{
    std::map<std::string, std::string> urls;
    if (place.starts_with(build_prefix)) {
        if (workspace == nullptr)
            return urls;
        auto made = repositories_of(place.substr(build_prefix.size()), arches, *workspace);
        return made ? std::move(made) : fail(std::move(made).error(), "linked build '" + place + "'");
    }
    if (!place.empty() && is_number(place))
        return fail(Kind::input, "build " + place + " of a build service cannot be linked",
                    "name its manifest, or the URL or directory of its repository");
    std::string url = place;
    std::string scheme = url_scheme(place);
    if (scheme.empty()) {
        if (workspace == nullptr && sys::exists(place) && !sys::is_directory(place))
            return urls;
        if (!sys::exists(url + "/repodata/repomd.xml"))
            return fail(Kind::input, "'" + url + "' is no repository: it has no repodata/repomd.xml");
        ALBS_TRY(url, sys::absolute_path(url));
        url = "file://" + url;
    } else if (scheme != "http" && scheme != "https" && scheme != "file")
        return fail(Kind::input, "'" + url + "' is no repository: it is none of http, https and file");
    for (const std::string& arch : arches)
        urls[arch] = url;
    return urls;
}

} // namespace

Result<std::vector<Artifact>> keep_manifests(std::vector<std::string>& places, store::Workspace& workspace)
{
    std::vector<Artifact> kept;
    for (std::string& place : places) {
        if (place.starts_with(build_prefix) || !sys::exists(place) || sys::is_directory(place))
            continue;
        ALBS_TRY(std::string text, sys::read_file(place, max_manifest));
        auto manifest = Manifest::parse(text);
        if (!manifest)
            return fail(std::move(manifest).error(), "'" + place + "'");
        ALBS_TRY(sys::FileDigest digest, workspace.store().put_bytes(manifest->text() + "\n"));
        place = std::string(build_prefix) + digest.sha256.hex();
        kept.push_back({.sha256 = digest.sha256.hex(),
                        .size = digest.size,
                        .name = "linked.json",
                        .kind = "file",
                        .rpm = {},
                        .unsigned_sha256 = {}});
    }
    return kept;
}

Result<platform::Definition> linked_repositories(const std::vector<std::string>& places,
                                                 const std::vector<std::string>& arches, store::Workspace* workspace)
{
    platform::Definition flavor;
    for (std::size_t i = 0; i < places.size(); ++i) {
        ALBS_TRY(auto urls, urls_of(places[i], arches, workspace));
        for (const auto& [arch, url] : urls) {
            platform::Repository repository;
            repository.name = "linked-" + std::to_string(i + 1);
            repository.arch = arch;
            repository.url = url;
            repository.module_hotfixes = true;
            flavor.repositories.push_back(std::move(repository));
        }
    }
    return flavor;
}

} // namespace albs::build
