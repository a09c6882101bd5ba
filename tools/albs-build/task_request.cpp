// SPDX-License-Identifier: GPL-3.0-or-later
#include "task_request.hpp"

#include "albs/buildroot/lock.hpp"
#include "run_task.hpp"

namespace albs::build {
namespace {

constexpr const char* kind_of_asked = "planned";
constexpr const char* kind_of_rounds = "rounds";

} // namespace

Result<Manifest> request_of(const BuildConfig& recipe, const PlannedTask& planned, store::Store& store)
{
    TaskResult asked = begun(recipe, planned);
    asked.task.network = recipe.network;
    asked.task.buildroot = planned.lock->sha256;
    asked.task.status = "skipped";
    asked.task.reason = Reason{"setup", kind_of_asked, "to be built by a worker", {}, {}};
    asked.task.finished = asked.task.started;
    asked.artifacts.push_back(*planned.lock);
    Source source = planned.source;
    source.id = std::string(plain_id(planned.source));
    source.follows.reset();
    Manifest manifest;
    ALBS_CHECK(manifest.add(source));
    for (const Artifact& artifact : asked.artifacts)
        ALBS_CHECK(manifest.add(artifact));
    if (!planned.rounds.empty()) {
        ALBS_TRY(sys::FileDigest digest, store.put_bytes(planned.rounds));
        ALBS_CHECK(manifest.add(Artifact{.sha256 = digest.sha256.hex(),
                                         .size = digest.size,
                                         .name = "rounds.txt",
                                         .kind = kind_of_rounds,
                                         .rpm = {},
                                         .unsigned_sha256 = {}}));
    }
    ALBS_CHECK(manifest.add(asked.task));
    return manifest;
}

Status for_each_needed(const Manifest& request, const store::Store& store,
                       const std::function<Status(std::string_view sha256)>& take)
{
    for (const Artifact& artifact : request.artifacts())
        ALBS_CHECK(take(artifact.sha256));
    ALBS_TRY(Task task, asked_task(request));
    if (!task.buildroot || task.backend != "chroot")
        return {};
    ALBS_TRY(std::string text, store.read(*task.buildroot));
    ALBS_TRY(buildroot::Lock root, buildroot::read_lock(text));
    for (const buildroot::LockedPackage& package : root.packages)
        ALBS_CHECK(take(package.sha256));
    return {};
}

Result<std::string> asked_rounds(const Manifest& manifest, const store::Store& store)
{
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.kind == kind_of_rounds)
            return store.read(artifact.sha256);
    return std::string();
}

Result<Task> asked_task(const Manifest& manifest)
{
    if (manifest.tasks().size() != 1 || !manifest.tasks().front().reason ||
        manifest.tasks().front().reason->kind != kind_of_asked)
        return fail(Kind::input, "--task: the manifest does not ask for one task to be built",
                    "such a manifest is what albs-build --runner gives to its command");
    return manifest.tasks().front();
}

Task answer_to(const Task& asked, const Task& built)
{
    Task answer = asked;
    answer.status = built.status;
    answer.reason = built.reason;
    answer.artifacts = built.artifacts;
    answer.log = built.log;
    answer.isolation = built.isolation;
    answer.resources = built.resources;
    answer.started = built.started;
    answer.finished = built.finished;
    return answer;
}

} // namespace albs::build
