// SPDX-License-Identifier: GPL-3.0-or-later
#include "attempt.hpp"

#include <algorithm>

#include "collect.hpp"
#include "log_text.hpp"
#include "rpm/build_log.hpp"
#include "rpm/package.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/clock.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

constexpr std::int64_t largest_log = std::int64_t{1} << 30; ///< bytes
constexpr const char* source_inside = "/source/package.src.rpm";

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

/// The names under which a spec may list an architecture.
std::vector<std::string> names_of(const std::string& arch)
{
    if (arch.size() == 4 && arch[0] == 'i' && arch.substr(2) == "86")
        return {"i386", "i486", "i586", "i686", "%{ix86}"};
    if (arch == "x86_64_v2")
        return {"x86_64_v2", "x86_64"};
    return {arch};
}

/// ExcludeArch and ExclusiveArch of the source package's header; empty when it is for this architecture.
std::string not_for(const rpm::Package& package, const std::string& arch)
{
    std::vector<std::string> names = names_of(arch);
    auto listed = [&](const std::vector<std::string>& list) {
        return std::any_of(list.begin(), list.end(), [&](const std::string& one) {
            return std::find(names.begin(), names.end(), one) != names.end();
        });
    };
    if (listed(package.excluded_arches))
        return "ExcludeArch names " + arch;
    if (!package.exclusive_arches.empty() && !listed(package.exclusive_arches))
        return "ExclusiveArch does not name " + arch;
    return "";
}

sandbox::Job job_of(const Recipe& recipe, const Planned& planned, const std::string& srpm, const std::string& directory,
                    std::int64_t processors)
{
    sandbox::Job job;
    job.argv = {"rpmbuild", "-ra"};
    if (!recipe.platform.knows_packages())
        job.argv.emplace_back("--nodeps");
    if (planned.arch != platform::machine_arch())
        job.argv.insert(job.argv.end(), {"--target", planned.arch});
    job.argv.insert(job.argv.end(), recipe.words.begin(), recipe.words.end());
    job.argv.emplace_back(source_inside);
    if (planned.source.source_date_epoch > 0)
        job.environment.push_back("SOURCE_DATE_EPOCH=" + std::to_string(planned.source.source_date_epoch));
    job.environment.push_back("RPM_BUILD_NCPUS=" + std::to_string(processors));
    job.mounts = {{directory + "/builddir", "/builddir", true}, {srpm, source_inside, false}};
    for (const auto& [from, to] : recipe.platform.stand_ins())
        job.mounts.push_back({from, to, false});
    job.files = {{platform::macro_file, recipe.platform.macros()}, {platform::rpmrc_file, recipe.platform.rpmrc()}};
    job.log_file = directory + "/log";
    job.limits.timeout_ms = recipe.timeout_ms;
    job.limits.log_bytes = largest_log;
    return job;
}

/// Why rpmbuild did not succeed, as a record.
Reason reason_of(const sys::Finished& finished, const std::string& log, std::int64_t timeout_ms)
{
    Reason reason;
    reason.offset = static_cast<std::int64_t>(log.size());
    reason.phase = rpm::phase_reached(log);
    if (finished.timed_out) {
        reason.kind = "timeout";
        reason.message = "the build took longer than " + std::to_string(timeout_ms / 1000) + " s";
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

/// One run of rpmbuild in a new directory.
Result<Built> attempt(const Recipe& recipe, const Planned& planned, const std::string& srpm,
                      const rpm::Package& package, const Bench& bench)
{
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("build-", bench.scratch));
    ALBS_CHECK(sys::make_directories(directory.path() + "/builddir"));
    sandbox::Job job = job_of(recipe, planned, srpm, directory.path(), bench.processors);
    std::string title = "task " + planned.id + ": " + package.info.nevra + " (SHA-256 " + planned.source.srpm + ")\n";
    ALBS_CHECK(sys::write_file(job.log_file, title));
    Built built{begun(recipe, planned), {}};
    ALBS_TRY(sandbox::Ended ended, sandbox::run(job));
    built.task.isolation = ended.isolation;
    if (recipe.lock) {
        built.task.buildroot = recipe.lock->sha256;
        built.artifacts.push_back(*recipe.lock);
    }
    built.task.finished = sys::format_time(sys::now());
    std::string log_name = package.info.name + "-" + package.info.version + "-" + package.info.release + "." +
                           planned.arch + ".log";
    ALBS_CHECK(settle_log(job.log_file));
    ALBS_TRY(Artifact log, bench.workspace.store().add_artifact(job.log_file, log_name, "log"));
    built.task.log = log.sha256;
    if (ended.finished.status == 0 && !ended.finished.timed_out && !ended.finished.output_exceeded) {
        ALBS_TRY(Collected collected, collect(directory.path() + "/builddir/build", bench.workspace.store()));
        for (Artifact& artifact : collected.artifacts) {
            built.task.artifacts.push_back(artifact.sha256);
            built.artifacts.push_back(std::move(artifact));
        }
        built.task.reason = std::move(collected.refusal);
    } else {
        ALBS_TRY(std::string text, sys::read_file(job.log_file, std::size_t{2} << 30));
        built.task.reason = reason_of(ended.finished, text, recipe.timeout_ms);
    }
    if (built.task.reason)
        built.task.reason->log = log.sha256;
    built.task.status = !built.task.reason ? "ok" : built.task.reason->kind == "arch" ? "skipped" : "failed";
    built.task.artifacts.push_back(log.sha256);
    built.artifacts.push_back(std::move(log));
    return built;
}

Result<std::string> source_package(const Planned& planned, const Manifest& manifest, const store::Store& store)
{
    const Artifact* artifact = manifest.artifact(planned.source.srpm);
    if (artifact == nullptr)
        return fail(Kind::input, "source '" + planned.source.id + "' names an artifact that the manifest lacks: " +
                                     planned.source.srpm);
    auto path = store.path(planned.source.srpm);
    if (!path)
        return fail(std::move(path).error(), "source '" + planned.source.id + "'");
    return path;
}

} // namespace

Built not_built(const Recipe& recipe, const Planned& planned, const std::string& kind, const std::string& message)
{
    Built built{begun(recipe, planned), {}};
    built.task.status = "skipped";
    built.task.reason = Reason{"setup", kind, message, {}, {}};
    built.task.finished = built.task.started;
    return built;
}

Result<Built> build(const Recipe& recipe, const Planned& planned, const Manifest& manifest, const Bench& bench)
{
    ALBS_TRY(std::string srpm, source_package(planned, manifest, bench.workspace.store()));
    auto package = rpm::read_package(srpm);
    if (!package)
        return fail(std::move(package).error(), "source '" + planned.source.id + "'");
    if (package->info.arch != "src" || package->info.name != planned.source.name)
        return fail(Kind::trust, "source '" + planned.source.id + "' is said to be the source package of '" +
                                     planned.source.name + "', but is " + package->info.nevra);
    if (std::string why = not_for(*package, planned.arch); !why.empty())
        return not_built(recipe, planned, "arch", why);
    auto built = attempt(recipe, planned, srpm, *package, bench);
    bool machine = !built ? built.error().kind == Kind::environment
                          : built->task.reason && built->task.reason->kind == "infrastructure";
    if (!machine)
        return built;
    std::string why = !built ? built.error().message : built->task.reason->message;
    bench.messages.warning("trouble of this machine, trying once more: " + why, planned.id);
    return attempt(recipe, planned, srpm, *package, bench);
}

} // namespace albs::build
