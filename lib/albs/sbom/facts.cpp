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

// There may be several files of one source package: the one that somebody else made, and those that tasks made of it.
// One is shipped: the one that was released, else signed, else the one that was built.
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
    for (const Task* task : manifest.in_force<Task>()) {
        const Source* source = manifest.source(task->source);
        const OptionalString came_as = source == nullptr ? OptionalString() : source->srpm;
        const std::string started_from = (task->srpm ? task->srpm : came_as).value_or("");
        const Artifact* original = manifest.artifact(started_from);
        if (original == nullptr || !original->rpm)
            continue;
        std::string& best = shipped.emplace(started_from, started_from).first->second;
        std::vector<JsonText> files = task->artifacts;
        if (came_as)
            files.emplace_back(*came_as);
        for (const JsonText& digest : files) {
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

// Files in a repository, as they were built and as they were signed.
std::vector<std::string> released_files(const Manifest& manifest)
{
    std::vector<std::string> files;
    for (const Release& release : manifest.releases())
        for (const ReleasedPackage& package : release.packages) {
            files.push_back(package.artifact);
            const Artifact* artifact = manifest.artifact(package.artifact);
            if (artifact != nullptr && artifact->unsigned_sha256)
                files.push_back(*artifact->unsigned_sha256);
        }
    return files;
}

} // namespace

Facts::Facts(const Manifest& manifest) : manifest_(manifest), records_(manifest), entries_(manifest)
{
    for (const Release& release : manifest.releases())
        for (const ReleasedPackage& package : release.packages)
            releases_[package.artifact].emplace_back(release.repository, package.path);
    for (const Source* source : manifest.in_force<Source>())
        sources_.emplace(content_of(*source), source);
    // What only an attempt made that is not in force any more may have been released.
    std::vector<const Task*> tasks = manifest.in_force<Task>();
    for (const Task& task : manifest.tasks())
        if (!manifest.is_in_force(task))
            tasks.push_back(&task);
    for (const Task* task : tasks)
        for (const JsonText& artifact : task->artifacts)
            tasks_.emplace(artifact, task);
    // No task makes what a source came as; the first task that started from it determines its platform.
    for (const Task* task : tasks)
        for (const Source* source : manifest.attempts<Source>(task->source)) {
            tasks_.emplace(content_of(*source), task);
            sources_.emplace(content_of(*source), source);
        }
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
            return found->second;
    return nullptr;
}

const Source* Facts::source(const Artifact& artifact) const
{
    for (const JsonText& digest : {artifact.sha256, artifact.unsigned_sha256.value_or("")})
        if (auto found = sources_.find(digest); found != sources_.end())
            return found->second;
    const Task* made_by = task(artifact);
    return made_by == nullptr ? nullptr : manifest_.source(made_by->source);
}

std::string Facts::built_from(const Artifact& artifact) const
{
    const Task* made_by = task(artifact);
    if (made_by != nullptr && made_by->srpm)
        return *made_by->srpm;
    const Source* from = source(artifact);
    return from == nullptr ? "" : from->srpm.value_or("");
}

std::vector<const Artifact*> shipped_packages(const Manifest& manifest)
{
    std::unordered_map<std::string, std::string> newest_signed;
    for (const Artifact& artifact : manifest.artifacts())
        if (is_package(artifact) && artifact.unsigned_sha256)
            newest_signed[*artifact.unsigned_sha256] = artifact.sha256;
    std::unordered_set<std::string> left_out;
    auto counts = [&](const Task& task) { return task.status == "ok" && manifest.is_in_force(task); };
    for (const Task& task : manifest.tasks())
        if (!counts(task))
            left_out.insert(task.artifacts.begin(), task.artifacts.end());
    for (const Task& task : manifest.tasks())
        if (counts(task))
            for (const JsonText& artifact : task.artifacts)
                left_out.erase(artifact);
    for (const std::string& artifact : released_files(manifest))
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
