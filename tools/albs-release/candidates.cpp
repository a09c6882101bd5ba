// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "plan.hpp"

namespace albs::release {
namespace {

bool is_package(const Artifact& artifact)
{
    return artifact.rpm && (artifact.kind == "rpm" || artifact.kind == "srpm");
}

/// An architecture that the spec excludes is no failure.
bool is_excluded(const Task& task)
{
    return task.status == "skipped" && task.reason && task.reason->kind == "arch";
}

/// What --arch of the build stages asked for: every source was to be built for each of these.
std::set<std::string> planned_arches(const Manifest& manifest)
{
    std::set<std::string> arches;
    for (const StageRecord& stage : manifest.stages()) {
        const Json* value = stage.tool == "albs-build" ? stage.parameters.find("arch") : nullptr;
        std::vector<std::string> lists;
        if (value != nullptr && value->string() != nullptr)
            lists.push_back(*value->string());
        if (value != nullptr && value->elements() != nullptr)
            for (const Json& element : *value->elements())
                if (element.string() != nullptr)
                    lists.push_back(*element.string());
        for (const std::string& list : lists)
            for (std::size_t at = 0; at <= list.size();) {
                std::size_t comma = std::min(list.find(',', at), list.size());
                if (comma > at)
                    arches.insert(list.substr(at, comma - at));
                at = comma + 1;
            }
    }
    return arches;
}

void add(std::vector<Candidate>& candidates, const Source& source, const Artifact* artifact)
{
    if (artifact == nullptr || !is_package(*artifact))
        return;
    for (const Candidate& other : candidates)
        if (other.built->sha256 == artifact->sha256)
            return;
    Candidate candidate;
    candidate.source = &source;
    candidate.built = artifact;
    candidates.push_back(std::move(candidate));
}

/// A source package that each task made again counts once: the one that builds started from.
bool is_copy_of_source_package(const Artifact& artifact, const Artifact* srpm)
{
    return srpm != nullptr && artifact.rpm && artifact.rpm->arch == "src" && artifact.sha256 != srpm->sha256 &&
           srpm->rpm && repo::identity(*artifact.rpm) == repo::identity(*srpm->rpm);
}

} // namespace

std::vector<Candidate> candidates_of(const Question& question, const Source& source, Refusals& refused)
{
    const Manifest& manifest = question.manifest;
    std::vector<Candidate> candidates;
    const Artifact* srpm = manifest.artifact(source.srpm);
    std::set<std::string> built;
    bool any = false;
    for (const Task& task : manifest.tasks()) {
        if (task.source != source.id || (!question.options.platform.empty() && task.platform != question.options.platform))
            continue;
        any = true;
        built.insert(task.arch);
        if (task.status != "ok" && !is_excluded(task))
            refused.push_back({source.id, task.id, "build",
                               task.status + (task.reason ? ": " + task.reason->message : ""), true});
        if (task.status != "ok")
            continue;
        for (const std::string& sha256 : task.artifacts) {
            const Artifact* artifact = manifest.artifact(sha256);
            if (artifact == nullptr)
                refused.push_back({source.id, sha256, "build", "task '" + task.id + "' made it, and the manifest has no record of it", false});
            else if (!is_copy_of_source_package(*artifact, srpm))
                add(candidates, source, artifact);
        }
    }
    add(candidates, source, srpm);
    if (!any)
        refused.push_back({source.id, source.id, "build", "it was not built", false});
    for (const std::string& arch : planned_arches(manifest))
        if (any && built.count(arch) == 0)
            refused.push_back({source.id, source.id, "arch", "it was to be built for " + arch + ", and no task did", true});
    if (any && std::none_of(candidates.begin(), candidates.end(),
                            [](const Candidate& one) { return one.built->rpm->arch != "src"; }))
        refused.push_back({source.id, source.id, "build", "no binary package was built", false});
    return candidates;
}

} // namespace albs::release
