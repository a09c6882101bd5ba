// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
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

/// Each file once; added has those that are among the candidates.
void add(std::vector<Candidate>& candidates, std::set<const Artifact*>& added, const Source& source,
         const Artifact* artifact)
{
    if (artifact == nullptr || !is_package(*artifact) || !added.insert(artifact).second)
        return;
    Candidate candidate;
    candidate.source = &source;
    candidate.built = artifact;
    candidates.push_back(std::move(candidate));
}

bool is_source_package(const Artifact& artifact)
{
    return artifact.rpm && artifact.rpm->arch == "src";
}

/// A signed form of it is in the tree.
bool is_published(const PlanInput& question, const Artifact& artifact)
{
    const std::vector<const Signature*>& signatures = question.records.signatures_over(artifact.sha256);
    return std::any_of(signatures.begin(), signatures.end(), [&](const Signature* signature) {
        return std::any_of(question.tree.repositories.begin(), question.tree.repositories.end(),
                           [&](const auto& named) { return named.second.find(signature->artifact) != nullptr; });
    });
}

/// Each task makes the source package anew, with its own architecture in the header. One is released: what the tree has
/// already, else that of the first task.
void choose_source_package(const PlanInput& question, std::vector<Candidate>& candidates)
{
    const Artifact* chosen = nullptr;
    for (const Candidate& candidate : candidates)
        if (is_source_package(*candidate.built) && (chosen == nullptr || is_published(question, *candidate.built)))
            chosen = candidate.built;
    std::erase_if(candidates, [&](const Candidate& one) {
        return is_source_package(*one.built) && one.built != chosen &&
               repo::identity(*one.built->rpm) == repo::identity(*chosen->rpm);
    });
}

/// What albs-build found of a noarch package that tasks of several architectures made.
const Comparison* comparison_of(const PlanInput& question, const Source& source, const Artifact& built)
{
    for (const Comparison* one : question.manifest.in_force<Comparison>())
        if (one->source == plain_id(source) && built.name == one->name &&
            (question.gates.platform.empty() || question.gates.platform == one->platform))
            return one;
    return nullptr;
}

/// Of such copies with different bytes one is released: what the tree has already, else the one to ship. Where they
/// differ by more than what rpm writes of the build, all stay, the one to ship first, for the gate of identities.
void choose_noarch_copies(const PlanInput& question, const Source& source, std::vector<Candidate>& candidates)
{
    std::map<std::string, std::vector<const Artifact*>> by_identity;
    for (const Candidate& candidate : candidates)
        if (candidate.built->rpm->arch == "noarch")
            by_identity[repo::identity(*candidate.built->rpm)].push_back(candidate.built);
    for (const auto& same : by_identity) {
        const auto& copies = same.second; // clang 14 takes no binding into a lambda
        const Comparison* comparison = copies.size() < 2 ? nullptr : comparison_of(question, source, *copies.front());
        if (comparison == nullptr)
            continue;
        auto chosen = std::find_if(copies.begin(), copies.end(),
                                   [&](const Artifact* copy) { return copy->sha256 == comparison->ship; });
        auto was_compared = [&](const Artifact* copy) {
            return std::any_of(comparison->copies.begin(), comparison->copies.end(),
                               [&](const Copy& one) { return copy->sha256 == one.sha256; });
        };
        if (chosen == copies.end() || !std::all_of(copies.begin(), copies.end(), was_compared))
            continue;
        auto published = std::find_if(copies.begin(), copies.end(),
                                      [&](const Artifact* copy) { return is_published(question, *copy); });
        const Artifact* kept = published == copies.end() ? *chosen : *published;
        auto is_copy = [&](const Candidate& one) {
            return std::find(copies.begin(), copies.end(), one.built) != copies.end();
        };
        if (comparison->verdict != "differs") {
            std::erase_if(candidates, [&](const Candidate& one) { return is_copy(one) && one.built != kept; });
            continue;
        }
        auto first = std::find_if(candidates.begin(), candidates.end(), is_copy);
        auto best = std::find_if(first, candidates.end(), [&](const Candidate& one) { return one.built == kept; });
        std::swap(*first, *best);
    }
}

/// The tasks of a source, by id, so that the order of merged manifests has no say.
std::vector<const Task*> tasks_of(const PlanInput& question, const Source& source)
{
    std::vector<const Task*> tasks;
    for (const Task* task : question.records.tasks_of(plain_id(source)))
        if (question.gates.platform.empty() || task->platform == question.gates.platform)
            tasks.push_back(task);
    std::sort(tasks.begin(), tasks.end(), [](const Task* a, const Task* b) { return a->id < b->id; });
    return tasks;
}

void check_arches(const std::set<std::string>& planned, const Source& source, const std::vector<const Task*>& tasks,
                  Refusals& refused)
{
    for (const std::string& arch : planned)
        if (std::none_of(tasks.begin(), tasks.end(), [&](const Task* task) { return task->arch == arch; }))
            refused.push_back(
                {source.id, source.id, "arch", "it was to be built for " + arch + ", and no task did", true});
}

} // namespace

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

std::vector<Candidate> candidates_of(const PlanInput& question, const Source& source,
                                     const std::set<std::string>& planned, Refusals& refused)
{
    std::vector<Candidate> candidates;
    std::set<const Artifact*> added;
    std::vector<const Task*> tasks = tasks_of(question, source);
    for (const Task* task : tasks) {
        if (task->status != "ok" && !is_excluded(*task))
            refused.push_back({source.id, task->id, "build",
                               task->status + (task->reason ? ": " + task->reason->message : ""), true});
        if (task->status != "ok")
            continue;
        for (const JsonText& sha256 : task->artifacts) {
            const Artifact* artifact = question.manifest.artifact(sha256);
            if (artifact == nullptr)
                refused.push_back({source.id, sha256, "build",
                                   "task '" + task->id + "' made it, and the manifest has no record of it", false});
            add(candidates, added, source, artifact);
        }
    }
    auto is_source = [](const Candidate& one) { return is_source_package(*one.built); };
    if (std::none_of(candidates.begin(), candidates.end(), is_source))
        add(candidates, added, source, question.manifest.artifact(content_of(source)));
    choose_source_package(question, candidates);
    choose_noarch_copies(question, source, candidates);
    if (tasks.empty())
        refused.push_back({source.id, source.id, "build", "it was not built", false});
    else if (std::all_of(candidates.begin(), candidates.end(), is_source))
        refused.push_back({source.id, source.id, "build", "no binary package was built", false});
    if (!tasks.empty())
        check_arches(planned, source, tasks, refused);
    return candidates;
}

} // namespace albs::release
