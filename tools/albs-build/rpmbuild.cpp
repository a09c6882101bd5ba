// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpmbuild.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "collect.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// rpmbuild ended because the root lacks packages that %generate_buildrequires of the spec asks for.
constexpr int lacks_packages = 11;
/// In a directory that is there already: those that bubblewrap makes are closed to other users.
constexpr const char* source_inside = "/builddir/package.src.rpm";

sandbox::Job job_of(const BuildConfig& recipe, const PlannedTask& planned, const std::string& srpm,
                    const Workplace& place, std::int64_t processors)
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
    job.limits.log_bytes = max_log;
    job.limits.memory_bytes = recipe.limits.memory_bytes;
    job.limits.memory_of_each = recipe.limits.memory_of_each;
    job.limits.processes = recipe.limits.processes;
    job.limits.disk_bytes = recipe.limits.disk_bytes;
    return job;
}

/// One run of rpmbuild in a new place, which goes on where the log begins.
Result<RpmbuildRun> run_rpmbuild(const BuildConfig& recipe, const PlannedTask& planned, const Artifact& lock,
                                 const std::string& srpm, const std::string& title, const BuildContext& bench)
{
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("build", bench.scratch));
    std::optional<root::Root> root;
    if (recipe.uses_roots()) {
        ALBS_TRY(std::string text, bench.workspace.store().read(lock.sha256));
        ALBS_TRY(root::Cache cache, root::Cache::open(bench.workspace));
        ALBS_TRY(root, cache.root(text));
        if (root->is_new())
            bench.messages.detail("made the root " + std::string(lock.sha256.view().substr(0, 12)), planned.id);
    }
    ALBS_TRY(Workplace place, root ? Workplace::in_root(recipe, planned.arch, *root, directory.path())
                               : Workplace::on_host(recipe, directory.path()));
    sandbox::Job job = job_of(recipe, planned, srpm, place, bench.processors);
    job.log_file = directory.path() + "/log";
    ALBS_CHECK(sys::write_cache(job.log_file, title));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    return RpmbuildRun{std::move(directory), std::move(place), std::move(ended), lock, {}};
}

/// What the spec asks for beyond what is known, in its order.
Result<std::vector<std::string>> further_needs(const Workplace& place, const std::vector<std::string>& known)
{
    std::vector<std::string> further;
    ALBS_TRY(std::vector<std::string> files, generated_packages(place.top()));
    for (const std::string& file : files) {
        ALBS_TRY(rpm::Package package, rpm::library().read_package(file));
        for (std::string& need : build_needs(package)) {
            auto in = [&](const std::vector<std::string>& list) {
                return std::find(list.begin(), list.end(), need) != list.end();
            };
            if (!in(known) && !in(further))
                further.push_back(std::move(need));
        }
    }
    return further;
}

} // namespace

Result<RpmbuildRun> run_rpmbuild_rounds(const BuildConfig& recipe, const PlannedTask& planned,
                                        const SourcePackage& source, const BuildContext& bench)
{
    std::string title =
        format_text("task {}: {} (SHA-256 {})\n", planned.id, source.package.info.nevra, planned.source.srpm);
    std::vector<std::string> needs = planned.needs;
    const std::int64_t most = recipe.platform.max_rounds();
    Artifact lock = *planned.lock;
    for (std::int64_t round = 1;; ++round) {
        ALBS_TRY(RpmbuildRun done, run_rpmbuild(recipe, planned, lock, source.path, title, bench));
        // A lock that was given is what it is; there rpmbuild's own words say what it lacks.
        if (!recipe.uses_roots() || !recipe.lock.empty() || done.ended.finished.status != lacks_packages)
            return done;
        ALBS_TRY(std::vector<std::string> further, further_needs(done.place, needs));
        if (further.empty())
            return done;
        if (round >= most) {
            done.refusal = "the spec asks for more packages in each of " + std::to_string(most) + " rounds, now for " +
                           join_quoted(further);
            return done;
        }
        needs.insert(needs.end(), further.begin(), further.end());
        auto larger = lock_of_root(recipe, planned.arch, needs, bench.workspace);
        if (!larger && larger.error().kind == Kind::input) {
            done.refusal = larger.error().message;
            return done;
        }
        if (!larger)
            return tl::unexpected(std::move(larger).error());
        lock = *std::move(larger);
        title += format_text("round {}, with {}\n", round + 1, join_quoted(further));
        bench.messages.detail("the spec asks for " + join_quoted(further) + ", round " + std::to_string(round + 1),
                              planned.id);
    }
}

} // namespace albs::build
