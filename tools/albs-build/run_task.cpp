// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_task.hpp"

#include "base/format.hpp"
#include "base/time.hpp"
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
    const sys::Finished& finished = ended.finished;
    Reason reason;
    reason.offset = static_cast<std::int64_t>(log.size());
    reason.phase = rpm::phase_reached(log);
    if (finished.timed_out) {
        reason.kind = "timeout";
        reason.message = "the build took longer than " + std::to_string(timeout_ms / 1000) + " s";
    } else if (!ended.limit_met.empty()) {
        reason.kind = ended.limit_met.ends_with("disk") ? "disk" : "limit";
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
        reason.message = failure.message.empty() ? "rpmbuild ended with status " + std::to_string(finished.status)
                                                 : failure.message;
        reason.offset = failure.offset;
    }
    return reason;
}

/// The packages that the last round left, or why it left none.
Status take_over(TaskResult& built, const BuildConfig& recipe, const RpmbuildRun& rounds, store::Store& store)
{
    const sys::Finished& finished = rounds.ended.finished;
    if (finished.status != 0 || finished.timed_out || finished.output_exceeded || finished.stopped) {
        ALBS_TRY(std::string text, sys::read_file(rounds.log_file(), std::size_t{2} << 30));
        built.task.reason = reason_of(rounds.ended, text, recipe.timeout_ms);
        if (!rounds.refusal.empty()) {
            built.task.reason->kind = "dependency";
            built.task.reason->message = rounds.refusal;
        }
        return {};
    }
    ALBS_TRY(Collection collected, collect(rounds.place.top(), store));
    for (Artifact& artifact : collected.artifacts) {
        built.task.artifacts.push_back(artifact.sha256);
        built.artifacts.push_back(std::move(artifact));
    }
    built.task.reason = std::move(collected.refusal);
    return {};
}

/// Runs rpmbuild until the spec asks for nothing more, and takes over what came of it.
Result<TaskResult> attempt(const BuildConfig& recipe, const PlannedTask& planned, const SourcePackage& source,
                           const BuildContext& bench)
{
    const RpmInfo& info = source.package.info;
    TaskResult built{begun(recipe, planned), {}};
    ALBS_TRY(RpmbuildRun rounds, run_rpmbuild_rounds(recipe, planned, source, bench));
    built.task.isolation = rounds.ended.isolation;
    built.task.network = recipe.network;
    built.task.buildroot = rounds.lock.sha256;
    built.artifacts.push_back(rounds.lock);
    built.task.finished = format_time(current_time());
    std::string log_name = format_text("{}-{}-{}.{}.log", info.name, info.version, info.release, planned.arch);
    ALBS_CHECK(settle_log(rounds.log_file()));
    ALBS_TRY(Artifact log, bench.workspace.store().add_artifact(rounds.log_file(), log_name, "log"));
    built.task.log = log.sha256;
    ALBS_CHECK(take_over(built, recipe, rounds, bench.workspace.store()));
    if (built.task.reason)
        built.task.reason->log = log.sha256;
    built.task.status = !built.task.reason ? "ok" : built.task.reason->kind == "arch" ? "skipped" : "failed";
    built.task.artifacts.push_back(log.sha256);
    built.artifacts.push_back(std::move(log));
    return built;
}

} // namespace

Task begun(const BuildConfig& recipe, const PlannedTask& planned)
{
    Task task;
    task.id = planned.id;
    task.source = planned.source.id;
    task.platform = recipe.platform.name();
    task.arch = planned.arch;
    task.backend = recipe.platform.backend();
    task.options = recipe.options;
    task.verified = planned.verified;
    task.started = format_time(current_time());
    return task;
}

TaskResult not_built(const BuildConfig& recipe, const PlannedTask& planned, const std::string& kind,
                     const std::string& message)
{
    TaskResult built{begun(recipe, planned), {}};
    built.task.status = kind == "dependency" ? "failed" : "skipped";
    built.task.reason = Reason{"setup", kind, message, {}, {}};
    built.task.finished = built.task.started;
    return built;
}

Result<TaskResult> build(const BuildConfig& recipe, const PlannedTask& planned, const Manifest& manifest,
                         const BuildContext& bench)
{
    ALBS_TRY(SourcePackage source, read_source(planned, manifest, bench.workspace.store()));
    if (std::string why = not_for(source.package, planned.arch); !why.empty())
        return not_built(recipe, planned, "arch", why);
    auto run = recipe.platform.backend() == "mock" ? attempt_in_mock : attempt;
    auto built = run(recipe, planned, source, bench);
    bool machine = !built ? built.error().kind == Kind::environment
                          : built->task.reason && built->task.reason->kind == "infrastructure";
    if (machine) {
        std::string why = !built ? built.error().message : built->task.reason->message;
        bench.messages.warning("trouble of this machine, trying once more: " + why, planned.id);
        built = run(recipe, planned, source, bench);
    }
    if (built)
        built->artifacts.insert(built->artifacts.end(), recipe.linked.begin(), recipe.linked.end());
    return built;
}

} // namespace albs::build
