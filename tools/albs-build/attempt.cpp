// SPDX-License-Identifier: GPL-3.0-or-later
#include "attempt.hpp"

#include <algorithm>

#include "collect.hpp"
#include "log_text.hpp"
#include "mock.hpp"
#include "place.hpp"
#include "source.hpp"
#include "rpm/build_log.hpp"
#include "rpm/package.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/clock.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

constexpr std::int64_t largest_log = std::int64_t{1} << 30; ///< bytes
/// In a directory that is there already: those that bubblewrap makes are closed to other users.
constexpr const char* source_inside = "/builddir/package.src.rpm";

sandbox::Job job_of(const Recipe& recipe, const Planned& planned, const std::string& srpm, const Place& place,
                    std::int64_t processors)
{
    sandbox::Job job;
    job.argv = {"rpmbuild", "-ra"};
    if (!place.knows_packages())
        job.argv.emplace_back("--nodeps");
    if (planned.arch != platform::machine_arch())
        job.argv.insert(job.argv.end(), {"--target", planned.arch});
    job.argv.insert(job.argv.end(), recipe.words.begin(), recipe.words.end());
    job.argv.emplace_back(source_inside);
    if (planned.source.source_date_epoch > 0)
        job.environment.push_back("SOURCE_DATE_EPOCH=" + std::to_string(planned.source.source_date_epoch));
    job.environment.push_back("RPM_BUILD_NCPUS=" + std::to_string(processors));
    job.network = recipe.network;
    place.furnish(job);
    job.mounts.push_back({srpm, source_inside, false});
    job.limits.timeout_ms = recipe.timeout_ms;
    job.limits.log_bytes = largest_log;
    job.limits.memory_bytes = recipe.limits.memory_bytes;
    job.limits.memory_of_each = recipe.limits.memory_of_each;
    job.limits.processes = recipe.limits.processes;
    job.limits.disk_bytes = recipe.limits.disk_bytes;
    return job;
}

/// Why rpmbuild did not succeed, as a record.
Reason reason_of(const sandbox::Ended& ended, const std::string& log, std::int64_t timeout_ms)
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
        reason.message = "the log grew over " + std::to_string(largest_log >> 20) + " MiB";
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

/// rpmbuild ended because the root lacks packages that %generate_buildrequires of the spec asks for.
constexpr int lacks_packages = 11;
/// Each round tells of packages that only those of the round before made known; no package needs many.
constexpr int most_rounds = 20;

/// One run of rpmbuild in a new place.
struct Round {
    Place place;
    sandbox::Ended ended;
};

Result<Round> run_rpmbuild(const Recipe& recipe, const Planned& planned, const Artifact& lock, const std::string& srpm,
                           const std::string& directory, const Bench& bench)
{
    std::optional<root::Root> root;
    if (recipe.uses_roots()) {
        ALBS_TRY(std::string text, bench.workspace.store().read(lock.sha256));
        ALBS_TRY(root::Cache cache, root::Cache::open(bench.workspace));
        ALBS_TRY(root, cache.root(text));
        if (root->is_new())
            bench.messages.detail("made the root " + lock.sha256.substr(0, 12), planned.id);
    }
    ALBS_TRY(Place place, root ? Place::in_root(recipe, *root, directory) : Place::on_host(recipe, directory));
    sandbox::Job job = job_of(recipe, planned, srpm, place, bench.processors);
    job.log_file = directory + "/log";
    ALBS_TRY(sandbox::Ended ended, sandbox::run(job));
    return Round{std::move(place), std::move(ended)};
}

/// What the spec's %generate_buildrequires came to.
Result<std::vector<std::string>> generated_needs(const Place& place)
{
    std::vector<std::string> needs;
    ALBS_TRY(std::vector<std::string> files, generated_packages(place.top()));
    for (const std::string& file : files) {
        ALBS_TRY(rpm::Package package, rpm::read_package(file));
        std::vector<std::string> more = build_needs(package);
        needs.insert(needs.end(), more.begin(), more.end());
    }
    return needs;
}

/// The packages that a round left, or why it left none.
Status take_over(Built& built, const Recipe& recipe, const Round& round, const std::string& log_file,
                 store::Store& store)
{
    const sys::Finished& finished = round.ended.finished;
    if (finished.status != 0 || finished.timed_out || finished.output_exceeded || finished.stopped) {
        ALBS_TRY(std::string text, sys::read_file(log_file, std::size_t{2} << 30));
        built.task.reason = reason_of(round.ended, text, recipe.timeout_ms);
        return {};
    }
    ALBS_TRY(Collected collected, collect(round.place.top(), store));
    for (Artifact& artifact : collected.artifacts) {
        built.task.artifacts.push_back(artifact.sha256);
        built.artifacts.push_back(std::move(artifact));
    }
    built.task.reason = std::move(collected.refusal);
    return {};
}

/// Runs rpmbuild, in a root of ever more packages while the spec asks for more.
Result<Built> attempt(const Recipe& recipe, const Planned& planned, const SourcePackage& source, const Bench& bench)
{
    const rpm::Package& package = source.package;
    std::string title = "task " + planned.id + ": " + package.info.nevra + " (SHA-256 " + planned.source.srpm + ")\n";
    Built built{begun(recipe, planned), {}};
    Artifact lock = *planned.lock;
    std::vector<std::string> needs = build_needs(package);
    for (int round = 1;; ++round) {
        ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("build-", bench.scratch));
        std::string log_file = directory.path() + "/log";
        ALBS_CHECK(sys::write_file(log_file, title));
        ALBS_TRY(Round done, run_rpmbuild(recipe, planned, lock, source.path, directory.path(), bench));
        if (recipe.uses_roots() && done.ended.finished.status == lacks_packages && round < most_rounds) {
            ALBS_TRY(std::vector<std::string> more, generated_needs(done.place));
            needs.insert(needs.end(), more.begin(), more.end());
            ALBS_TRY(Artifact larger, lock_of_root(recipe, planned.arch, needs, bench.workspace));
            if (larger.sha256 != lock.sha256) {
                bench.messages.detail("the spec asks for more packages, round " + std::to_string(round + 1), planned.id);
                lock = std::move(larger);
                continue;
            }
        }
        built.task.isolation = done.ended.isolation;
        built.task.network = recipe.network;
        built.task.buildroot = lock.sha256;
        built.artifacts.push_back(lock);
        built.task.finished = sys::format_time(sys::now());
        std::string log_name = package.info.name + "-" + package.info.version + "-" + package.info.release + "." +
                               planned.arch + ".log";
        ALBS_CHECK(settle_log(log_file));
        ALBS_TRY(Artifact log, bench.workspace.store().add_artifact(log_file, log_name, "log"));
        built.task.log = log.sha256;
        ALBS_CHECK(take_over(built, recipe, done, log_file, bench.workspace.store()));
        if (built.task.reason)
            built.task.reason->log = log.sha256;
        built.task.status = !built.task.reason ? "ok" : built.task.reason->kind == "arch" ? "skipped" : "failed";
        built.task.artifacts.push_back(log.sha256);
        built.artifacts.push_back(std::move(log));
        return built;
    }
}

} // namespace

Task begun(const Recipe& recipe, const Planned& planned)
{
    Task task;
    task.id = planned.id;
    task.source = planned.source.id;
    task.platform = recipe.platform.name();
    task.arch = planned.arch;
    task.backend = recipe.platform.backend();
    task.options = recipe.words;
    task.verified = planned.verified;
    task.started = sys::format_time(sys::now());
    return task;
}

Built not_built(const Recipe& recipe, const Planned& planned, const std::string& kind, const std::string& message)
{
    Built built{begun(recipe, planned), {}};
    built.task.status = kind == "dependency" ? "failed" : "skipped";
    built.task.reason = Reason{"setup", kind, message, {}, {}};
    built.task.finished = built.task.started;
    return built;
}

Result<Built> build(const Recipe& recipe, const Planned& planned, const Manifest& manifest, const Bench& bench)
{
    ALBS_TRY(SourcePackage source, read_source(planned, manifest, bench.workspace.store()));
    if (std::string why = not_for(source.package, planned.arch); !why.empty())
        return not_built(recipe, planned, "arch", why);
    auto run = recipe.platform.backend() == "mock" ? attempt_in_mock : attempt;
    auto built = run(recipe, planned, source, bench);
    bool machine = !built ? built.error().kind == Kind::environment
                          : built->task.reason && built->task.reason->kind == "infrastructure";
    if (!machine)
        return built;
    std::string why = !built ? built.error().message : built->task.reason->message;
    bench.messages.warning("trouble of this machine, trying once more: " + why, planned.id);
    return run(recipe, planned, source, bench);
}

} // namespace albs::build
