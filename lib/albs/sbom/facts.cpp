// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <unordered_set>

#include "albs/sbom/parts.hpp"

namespace albs::sbom {
namespace {

bool is_package(const Artifact& artifact)
{
    return artifact.kind == "rpm" || artifact.kind == "srpm";
}

// A build writes the source package once more, so there may be several files of one source package. One is shipped: the
// one that was released, else signed, else the one that builds started from.
std::unordered_set<std::string> source_copies(const Manifest& manifest)
{
    std::unordered_map<std::string, int> rank;
    std::unordered_map<std::string, std::string> built_form;
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.unsigned_sha256) {
            built_form[artifact.sha256] = *artifact.unsigned_sha256;
            rank[*artifact.unsigned_sha256] |= 1;
        }
    for (const Release& release : manifest.releases())
        for (const ReleasedPackage& package : release.packages) {
            auto built = built_form.find(package.artifact);
            rank[built == built_form.end() ? package.artifact : built->second] |= 2;
        }
    std::unordered_set<std::string> copies;
    std::unordered_map<std::string, std::string> shipped; // by source package
    for (const Task& task : manifest.tasks()) {
        const Source* source = manifest.source(task.source);
        const Artifact* original = source == nullptr ? nullptr : manifest.artifact(source->srpm);
        if (original == nullptr || !original->rpm)
            continue;
        std::string& best = shipped.emplace(source->srpm, source->srpm).first->second;
        for (const JsonText& digest : task.artifacts) {
            const Artifact* made = manifest.artifact(digest);
            bool copy = made != nullptr && made->rpm && digest != best && made->rpm->arch == "src" &&
                        made->rpm->nevra == original->rpm->nevra;
            if (!copy)
                continue;
            bool better = rank[digest] > rank[best];
            copies.insert(better ? best : std::string(digest));
            if (better) {
                copies.erase(digest);
                best = digest;
            }
        }
    }
    return copies;
}

} // namespace

Facts::Facts(const Manifest& manifest) : manifest_(manifest), records_(manifest)
{
    for (const Release& release : manifest.releases())
        for (const ReleasedPackage& package : release.packages)
            releases_[package.artifact].emplace_back(release.repository, package.path);
    for (std::size_t i = 0; i < manifest.sources().size(); ++i)
        sources_.emplace(manifest.sources()[i].srpm, i);
    for (std::size_t i = 0; i < manifest.tasks().size(); ++i) {
        const Task& task = manifest.tasks()[i];
        for (const JsonText& artifact : task.artifacts)
            tasks_.emplace(artifact, i);
    }
    // No task makes the source package; the first task that started from it determines its platform.
    for (std::size_t i = 0; i < manifest.tasks().size(); ++i)
        if (const Source* source = manifest.source(manifest.tasks()[i].source))
            tasks_.emplace(source->srpm, i);
}

std::vector<std::pair<std::string, std::string>> Facts::releases(const std::string& artifact) const
{
    auto found = releases_.find(artifact);
    if (found == releases_.end())
        return {};
    std::map<std::string, std::string> newest;
    for (const auto& [repository, path] : found->second)
        newest[repository] = path;
    return {newest.begin(), newest.end()};
}

const Task* Facts::task(const Artifact& artifact) const
{
    for (const JsonText& digest : {artifact.sha256, artifact.unsigned_sha256.value_or("")})
        if (auto found = tasks_.find(digest); found != tasks_.end())
            return &manifest_.tasks()[found->second];
    return nullptr;
}

const Source* Facts::source(const Artifact& artifact) const
{
    for (const JsonText& digest : {artifact.sha256, artifact.unsigned_sha256.value_or("")})
        if (auto found = sources_.find(digest); found != sources_.end())
            return &manifest_.sources()[found->second];
    const Task* made_by = task(artifact);
    return made_by == nullptr ? nullptr : manifest_.source(made_by->source);
}

std::vector<const Artifact*> shipped_packages(const Manifest& manifest)
{
    std::unordered_map<std::string, std::string> newest_signed;
    for (const Artifact& artifact : manifest.artifacts())
        if (is_package(artifact) && artifact.unsigned_sha256)
            newest_signed[*artifact.unsigned_sha256] = artifact.sha256;
    std::unordered_set<std::string> left_out;
    for (const Task& task : manifest.tasks())
        if (task.status != "ok")
            left_out.insert(task.artifacts.begin(), task.artifacts.end());
    for (const Task& task : manifest.tasks())
        if (task.status == "ok")
            for (const JsonText& artifact : task.artifacts)
                left_out.erase(artifact);
    left_out.merge(source_copies(manifest));
    std::vector<const Artifact*> shipped;
    for (const Artifact& artifact : manifest.artifacts()) {
        if (!is_package(artifact) || left_out.count(artifact.sha256) != 0)
            continue;
        // A file that was signed is superseded by its newest signed form, and so are older signed forms.
        const JsonText& built = artifact.unsigned_sha256 ? *artifact.unsigned_sha256 : artifact.sha256;
        auto signed_form = newest_signed.find(built);
        if (signed_form != newest_signed.end() && signed_form->second != artifact.sha256)
            continue;
        if (left_out.count(built) == 0)
            shipped.push_back(&artifact);
    }
    return shipped;
}

} // namespace albs::sbom
