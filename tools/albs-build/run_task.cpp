// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_task.hpp"

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "build_by_runner.hpp"
#include "collect.hpp"
#include "mock.hpp"
#include "normalize_log.hpp"
#include "rpm/build_log.hpp"
#include "rpm/package.hpp"
#include "rpmbuild.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// Why rpmbuild did not succeed, as a record.
Reason reason_of(const sandbox::JobResult& ended, const std::string& log, std::int64_t timeout_ms)
{
    const sys::ProcessResult& finished = ended.finished;
    Reason reason;
    reason.offset = static_cast<std::int64_t>(log.size());
    reason.phase = rpm::phase_reached(log);
    if (finished.timed_out) {
        reason.kind = "timeout";
        reason.message = "the build took longer than " + std::to_string(timeout_ms / 1000) + " s";
    } else if (!ended.limit_met.empty()) {
        const std::string& met = ended.limit_met;
        reason.kind = met.ends_with("disk") ? "disk" : met.ends_with("memory") ? "memory" : "limit";
        reason.message = "the build wanted " + ended.limit_met;
    } else if (finished.output_exceeded) {
        reason.kind = "disk";
        reason.message = "the log grew over " + std::to_string(max_log >> 20) + " MiB";
    } else if (finished.status > 128) {
        reason.kind = "infrastructure";
        reason.message = "rpmbuild was killed by signal " + std::to_string(finished.status - 128);
    } else {
        rpm::BuildFailure failure = rpm::failure_in(log);
        reason.phase = failure.phase;
        reason.kind = failure.kind;
        reason.message =
            failure.message.empty() ? "rpmbuild ended with status " + std::to_string(finished.status) : failure.message;
        reason.offset = failure.offset;
    }
    return reason;
}

/// The packages that the last round left, or why it left none.
Status take_over(TaskResult& built, const BuildConfig& recipe, const RpmbuildRun& rounds, const RunningLog& log,
                 const SourcePackage& source, store::Store& store)
{
    const sys::ProcessResult& finished = rounds.ended.finished;
    if (finished.status != 0 || finished.timed_out || finished.output_exceeded || finished.stopped) {
        ALBS_TRY(std::string text, sys::read_file(log.path(), std::size_t{2} << 30));
        built.task.reason = reason_of(rounds.ended, text, recipe.timeout_ms);
        if (!rounds.refusal.empty()) {
            built.task.reason->kind = "dependency";
            built.task.reason->message = rounds.refusal;
        }
        return {};
    }
    ALBS_TRY(Collection collected, collect(rounds.place.top(), source, store));
    add_packages(built, std::move(collected), source);
    return {};
}

/// What the spec asks for beyond its lock, for who can solve a root that has it.
Status add_needs(TaskResult& built, const std::vector<std::string>& needs, store::Store& store)
{
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(join(needs, "\n") + "\n"));
    Artifact artifact{.sha256 = digest.sha256.hex(),
                      .size = digest.size,
                      .name = "needs.txt",
                      .kind = "needs",
                      .rpm = {},
                      .unsigned_sha256 = {}};
    built.task.artifacts.push_back(artifact.sha256);
    built.artifacts.push_back(std::move(artifact));
    return {};
}

/// Runs rpmbuild until the spec asks for nothing more, and takes over what came of it.
Result<TaskResult> attempt(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context)
{
    const SourcePackage& source = *planned.package;
    const RpmInfo& info = source.package.info;
    TaskResult built = begun(recipe, planned);
    ALBS_TRY(RunningLog running, RunningLog::open(context.scratch, planned.id));
    context.view.follow(planned.id, running.path());
    ALBS_TRY(RpmbuildRun rounds, run_rpmbuild_rounds(recipe, planned, context, running));
    built.task.isolation = rounds.ended.isolation;
    built.task.network = recipe.network;
    built.task.resources = rounds.used;
    built.further = rounds.further;
    built.task.buildroot = rounds.lock.sha256;
    built.artifacts.push_back(rounds.lock);
    built.task.finished = format_time(current_time());
    std::string log_name = format_text("{}-{}-{}.{}.log", info.name, info.version, info.release, planned.arch);
    ALBS_CHECK(settle_log(running.path()));
    ALBS_TRY(Artifact log, context.workspace.store().add_artifact(running.path(), log_name, "log"));
    built.task.log = log.sha256;
    ALBS_CHECK(take_over(built, recipe, rounds, running, source, context.workspace.store()));
    if (built.task.reason)
        built.task.reason->log = log.sha256;
    built.task.status = !built.task.reason ? "ok" : built.task.reason->kind == "arch" ? "skipped" : "failed";
    built.task.artifacts.push_back(log.sha256);
    built.artifacts.push_back(std::move(log));
    if (!rounds.asks_for.empty())
        ALBS_CHECK(add_needs(built, rounds.asks_for, context.workspace.store()));
    return built;
}

} // namespace

void add_packages(TaskResult& built, Collection collected, const SourcePackage& source)
{
    for (Artifact& artifact : collected.artifacts) {
        built.task.artifacts.push_back(artifact.sha256);
        built.artifacts.push_back(std::move(artifact));
    }
    built.task.reason = std::move(collected.refusal);
    if (!built.task.reason)
        built.task.artifacts.push_back(source.artifact.sha256);
}

TaskResult begun(const BuildConfig& recipe, const PlannedTask& planned)
{
    TaskResult result;
    Task& task = result.task;
    task.id = planned.id;
    task.source = plain_id(planned.source);
    task.platform = recipe.platform.name();
    task.arch = planned.arch;
    task.backend = recipe.platform.backend();
    task.options = recipe.options;
    task.verified = planned.verified;
    task.started = format_time(current_time());
    if (recipe.definition) {
        task.definition = recipe.definition->sha256;
        result.artifacts.push_back(*recipe.definition);
    }
    if (!planned.package)
        return result;
    const SourcePackage& package = *planned.package;
    task.srpm = package.artifact.sha256;
    task.source_date_epoch = package.time;
    task.pinned = package.pinned;
    task.transformations = package.transformations;
    result.artifacts.push_back(package.artifact);
    if (package.buildroot) {
        task.srpm_buildroot = package.buildroot->sha256;
        result.artifacts.push_back(*package.buildroot);
    }
    result.artifacts.insert(result.artifacts.end(), package.made_of.begin(), package.made_of.end());
    for (const PinnedFile& file : package.pinned)
        result.artifacts.push_back({.sha256 = file.sha256,
                                    .size = file.size,
                                    .name = file.name,
                                    .kind = "file",
                                    .rpm = {},
                                    .unsigned_sha256 = {}});
    return result;
}

TaskResult not_built(const BuildConfig& recipe, const PlannedTask& planned, const std::string& kind,
                     const std::string& message)
{
    TaskResult built = begun(recipe, planned);
    built.task.status = kind == "dependency" ? "failed" : "skipped";
    built.task.reason = Reason{"setup", kind, message, {}, {}};
    built.task.finished = built.task.started;
    return built;
}

TaskResult skipped_since(const BuildConfig& recipe, const PlannedTask& planned, const std::string& message)
{
    TaskResult result = not_built(recipe, planned, "dependency", message);
    result.task.status = "skipped";
    return result;
}

TaskResult package_alone(const BuildConfig& recipe, const PlannedTask& planned)
{
    TaskResult made = begun(recipe, planned);
    made.task.artifacts.push_back(planned.package->artifact.sha256);
    made.task.status = "ok";
    made.task.finished = made.task.started;
    return made;
}

TaskResult without_package(const BuildConfig& recipe, const PlannedTask& planned, const SourceOutcome& outcome)
{
    TaskResult built = begun(recipe, planned);
    built.task.status = "failed";
    built.task.reason = outcome.reason;
    if (outcome.reason)
        built.task.log = outcome.reason->log;
    for (const Artifact& artifact : outcome.artifacts) {
        built.task.artifacts.push_back(artifact.sha256);
        built.artifacts.push_back(artifact);
    }
    built.task.finished = built.task.started;
    return built;
}

Result<TaskResult> build(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context)
{
    context.view.begin(planned.id);
    auto run = context.runner != nullptr             ? build_by_runner
               : recipe.platform.backend() == "mock" ? attempt_in_mock
                                                     : attempt;
    auto built = run(recipe, planned, context);
    const bool may_repeat = context.runner == nullptr && !recipe.is_for_others;
    bool machine = !built ? built.error().kind == Kind::environment
                          : built->task.reason && built->task.reason->kind == "infrastructure";
    if (machine && may_repeat) {
        std::string why = !built ? built.error().message : built->task.reason->message;
        context.messages.warning("trouble of this machine, trying once more: " + why, planned.id);
        built = run(recipe, planned, context);
    }
    if (built)
        built->artifacts.insert(built->artifacts.end(), recipe.linked.begin(), recipe.linked.end());
    return built;
}

} // namespace albs::build
