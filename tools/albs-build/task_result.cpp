// SPDX-License-Identifier: GPL-3.0-or-later
#include "task_result.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace albs::build {
namespace {

constexpr const char* memory = "tasks";
constexpr const char* memory_of_locks = "locks-of-tasks";
/// Older ones are forgotten: each costs a comparison.
constexpr std::size_t max_locks = 16;

Result<TaskResult> read_built(const std::string& text)
{
    ALBS_TRY(Json json, read_json(text));
    const Json* task = json.find("task");
    const Json* artifacts = json.find("artifacts");
    if (task == nullptr || artifacts == nullptr || artifacts->elements() == nullptr)
        return fail(Kind::input, "not a memory of a task");
    TaskResult built;
    Fields fields(json);
    built.further = fields.strings("further");
    if (!fields.done())
        return fail(Kind::input, "not a memory of a task");
    ALBS_TRY(built.task, read_record<Task>(*task));
    for (const Json& record : *artifacts->elements()) {
        ALBS_TRY(Artifact artifact, read_record<Artifact>(record));
        built.artifacts.push_back(std::move(artifact));
    }
    return built;
}

} // namespace

std::string memory_key(const BuildConfig& recipe, const PlannedTask& planned)
{
    return format_text("{}{}\n{}\n{}\n{}{}", "albs-build " ALBS_VERSION "\n", planned.id,
                       planned.package ? std::string(planned.package->artifact.sha256) : content_of(planned.source),
                       planned.package ? planned.package->time : planned.source.source_date_epoch.value_or(0),
                       recipe.fingerprint(), planned.lock ? planned.lock->sha256 : "");
}

std::vector<std::string> earlier_locks(const store::Workspace& workspace, const BuildConfig& recipe,
                                       const PlannedTask& planned)
{
    PlannedTask without = planned;
    without.lock.reset();
    auto text = workspace.recall(memory_of_locks, memory_key(recipe, without));
    return text ? split_lines(*text) : std::vector<std::string>();
}

Status remember_lock(const store::Workspace& workspace, const BuildConfig& recipe, const PlannedTask& planned)
{
    PlannedTask without = planned;
    without.lock.reset();
    std::vector<std::string> digests = earlier_locks(workspace, recipe, planned);
    const std::string digest = planned.lock->sha256;
    digests.erase(std::remove(digests.begin(), digests.end(), digest), digests.end());
    digests.insert(digests.begin(), digest);
    digests.resize(std::min(digests.size(), max_locks));
    std::string text;
    for (const std::string& one : digests)
        text += one + "\n";
    return workspace.remember(memory_of_locks, memory_key(recipe, without), text);
}

Result<std::optional<TaskResult>> recall(const store::Workspace& workspace, const std::string& key, bool failures)
{
    std::optional<TaskResult> none;
    auto text = workspace.recall(memory, key);
    if (!text)
        return none;
    auto built = read_built(*text);
    if (!built || (built->task.status == "failed" && !failures))
        return none;
    for (const Artifact& artifact : built->artifacts) {
        if (!workspace.store().has(artifact.sha256))
            return none;
        ALBS_CHECK(workspace.store().path(artifact.sha256));
    }
    return std::optional<TaskResult>(*std::move(built));
}

Status remember(const store::Workspace& workspace, const std::string& key, const TaskResult& built)
{
    if (built.task.reason)
        for (const char* passing : {"timeout", "disk", "memory", "limit", "infrastructure", "notarization"})
            if (built.task.reason->kind == passing)
                return {};
    Json artifacts = Json::array();
    for (const Artifact& artifact : built.artifacts)
        artifacts.push(to_json(artifact));
    return workspace.remember(
        memory, key,
        write_json(Json::object(
            {{"task", to_json(built.task)}, {"artifacts", artifacts}, {"further", Json::strings(built.further)}})));
}

} // namespace albs::build
