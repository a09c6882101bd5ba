// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpmbuild.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "collect.hpp"
#include "rpm/library.hpp"
#include "run_spec.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// rpmbuild ended because the root lacks packages that %generate_buildrequires of the spec asks for.
constexpr int lacks_packages = 11;

sandbox::Job job_of(const BuildConfig& recipe, const PlannedTask& planned, const std::string& srpm,
                    const Workplace& place, std::int64_t processors)
{
    sandbox::Job job;
    job.argv = {"rpmbuild", "-rb"};
    if (!place.knows_packages())
        job.argv.emplace_back("--nodeps");
    if (planned.arch != platform::machine_arch())
        job.argv.insert(job.argv.end(), {"--target", planned.arch});
    job.argv.insert(job.argv.end(), recipe.words.begin(), recipe.words.end());
    job.argv.emplace_back(package_inside);
    const std::string time = std::to_string(planned.package->time);
    // What a build commits to git, as %autosetup -S git does, has the same ids in each build.
    job.environment = {"SOURCE_DATE_EPOCH=" + time, format_text("GIT_AUTHOR_DATE=@{} +0000", time),
                       format_text("GIT_COMMITTER_DATE=@{} +0000", time)};
    job.environment.push_back("RPM_BUILD_NCPUS=" + std::to_string(processors));
    vary(recipe.varied, job);
    job.network = recipe.network;
    job.measures_disk = true;
    place.furnish(job);
    job.mounts.push_back({srpm, package_inside, false});
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
                                 const std::string& srpm, RunningLog& log, const BuildContext& context)
{
    context.view.phase(planned.id, "root");
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("build", context.scratch));
    ALBS_TRY(std::optional<root::Root> root,
             root_of(recipe, lock, {context.workspace, context.scratch, context.messages}));
    ALBS_TRY(Workplace place, root ? Workplace::in_root(recipe, planned.arch, *root, directory.path())
                                   : Workplace::on_host(recipe, directory.path()));
    sandbox::Job job = job_of(recipe, planned, srpm, place, context.processors);
    job.log_file = log.path();
    context.view.phase(planned.id, "setup");
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    Resources used = ended.used;
    return RpmbuildRun{std::move(directory), std::move(place), std::move(ended), used, lock, {}, {}};
}

/// Those of the list that are not known yet.
void add_unknown(std::vector<std::string>& further, std::vector<std::string> needs,
                 const std::vector<std::string>& known)
{
    auto in = [](const std::vector<std::string>& list, const std::string& need) {
        return std::find(list.begin(), list.end(), need) != list.end();
    };
    for (std::string& need : needs)
        if (!in(known, need) && !in(further, need))
            further.push_back(std::move(need));
}

/// What %generate_buildrequires of the spec asks for beyond what is known, in its order.
Result<std::vector<std::string>> generated_needs(const Workplace& place, const std::vector<std::string>& known)
{
    std::vector<std::string> further;
    ALBS_TRY(std::vector<std::string> files, generated_packages(place.top()));
    for (const std::string& file : files) {
        ALBS_TRY(rpm::Package package, rpm::library().read_package(file));
        add_unknown(further, reading_of(package).needs, known);
    }
    return further;
}

/// What BuildRequires of the spec ask for beyond what is known, with the macros that are in this root: a package of
/// macros (of a language, say) may be one that the base root lacks.
Result<std::vector<std::string>> needs_in_root(const BuildConfig& recipe, const PlannedTask& planned,
                                               const Artifact& lock, const std::vector<std::string>& known,
                                               const BuildContext& context)
{
    std::vector<std::string> further;
    SpecJob job{
        {.tree = {}, .spec = {}, .sources = {}, .package = planned.package->path}, planned.arch, planned.package->time};
    ALBS_TRY(SpecRun run,
             run_spec(recipe, {planned.arch, lock}, job, {context.workspace, context.scratch, context.messages}));
    std::string path = run.succeeded() ? package_of(run) : "";
    if (path.empty())
        return further;
    ALBS_TRY(rpm::Package package, rpm::library().read_package(path));
    add_unknown(further, reading_of(package).needs, known);
    return further;
}

Result<std::vector<std::string>> further_needs(const BuildConfig& recipe, const PlannedTask& planned,
                                               const RpmbuildRun& done, const std::vector<std::string>& known,
                                               const RunningLog& log_file, const BuildContext& context)
{
    const sys::ProcessResult& finished = done.ended.finished;
    // A lock that was given is what it is; there rpmbuild's own words say what it lacks.
    const bool is_fixed = !recipe.lock.empty() && !recipe.is_for_others;
    if (!recipe.uses_roots() || is_fixed || finished.timed_out || finished.output_exceeded)
        return std::vector<std::string>();
    if (finished.status == 0)
        return std::vector<std::string>();
    // Newer versions end with the same status where BuildRequires themselves are not there.
    if (finished.status == lacks_packages) {
        ALBS_TRY(std::vector<std::string> further, generated_needs(done.place, known));
        if (!further.empty())
            return further;
    }
    ALBS_TRY(std::string log, sys::read_file(log_file.path(), std::size_t{2} << 30));
    if (log.find("error: Failed build dependencies:") == log.npos)
        return std::vector<std::string>();
    return needs_in_root(recipe, planned, done.lock, known, context);
}

} // namespace

std::string told_round(std::int64_t round, const std::vector<std::string>& added)
{
    return format_text("round {}, with {}\n", round, join_quoted(added));
}

Result<RpmbuildRun> run_rpmbuild_rounds(const BuildConfig& recipe, const PlannedTask& planned,
                                        const BuildContext& context, RunningLog& log)
{
    const SourcePackage& source = *planned.package;
    std::string title = format_text("task {}: {} (SHA-256 {})\n{}", planned.id, source.package.info.nevra,
                                    source.artifact.sha256, planned.rounds);
    std::vector<std::string> needs = planned.needs;
    const std::int64_t max_rounds = recipe.platform.max_rounds();
    Artifact lock = *planned.lock;
    Resources used;
    for (std::int64_t round = 1;; ++round) {
        ALBS_CHECK(log.begin(title));
        ALBS_TRY(RpmbuildRun done, run_rpmbuild(recipe, planned, lock, source.path, log, context));
        used = round == 1 ? done.used : in_turn(used, done.used);
        done.used = used;
        ALBS_TRY(std::vector<std::string> further, further_needs(recipe, planned, done, needs, log, context));
        done.further.assign(needs.begin() + static_cast<std::ptrdiff_t>(planned.needs.size()), needs.end());
        if (recipe.is_for_others) {
            done.asks_for = std::move(further);
            return done;
        }
        if (further.empty())
            return done;
        if (round >= max_rounds) {
            done.refusal = format_text("the spec asks for more packages in each of {} rounds, now for {}", max_rounds,
                                       join_quoted(further));
            return done;
        }
        needs.insert(needs.end(), further.begin(), further.end());
        auto larger = lock_of_root(recipe, planned.arch, needs, context.workspace);
        if (!larger && larger.error().kind == Kind::input) {
            done.refusal = larger.error().message;
            return done;
        }
        if (!larger)
            return tl::unexpected(std::move(larger).error());
        lock = *std::move(larger);
        title += told_round(round + 1, further);
        context.messages.detail(format_text("the spec asks for {}, round {}", join_quoted(further), round + 1),
                                planned.id);
    }
}

} // namespace albs::build
