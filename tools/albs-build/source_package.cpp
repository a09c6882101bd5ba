// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_package.hpp"

#include "base/format.hpp"
#include "base_root.hpp"
#include "first_fetch.hpp"
#include "rpm/library.hpp"
#include "source_work.hpp"
#include "spec_error.hpp"
#include "spec_failure.hpp"
#include "spec_memory.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/file.hpp"

namespace albs::build {

namespace {

/// What is no error but the package's failure.
Result<SourceOutcome> lacking(Error error, const char* phase)
{
    if (error.kind != Kind::input)
        return tl::unexpected(std::move(error));
    SourceOutcome outcome;
    outcome.reason = Reason{phase, "dependency", error.message, {}, {}};
    return outcome;
}

} // namespace

std::mutex& SourcePackages::turn(const std::string& key)
{
    std::lock_guard guard(turns_mutex_);
    std::unique_ptr<std::mutex>& one = turns_[key];
    if (!one)
        one = std::make_unique<std::mutex>();
    return *one;
}

Result<SourceOutcome> SourcePackages::make(const BuildConfig& recipe, const PlannedTask& planned,
                                           const Manifest& manifest)
{
    ALBS_TRY(SourceFiles files, files_of(planned.source, manifest, workspace_.store()));
    auto place = place_of_packages(recipe, planned.arch, planned.installed_for_package, workspace_);
    if (!place)
        return lacking(std::move(place).error(), "setup");
    Work work{recipe, planned, *std::move(place), std::move(files)};
    SourceOutcome outcome;
    const bool is_mock = recipe.platform.backend() == "mock";
    if (recipe.srpm_as_is && planned.source.srpm) {
        ALBS_TRY(outcome, taken(work));
    } else {
        ALBS_TRY(bool is_left, uses_autospec(planned.source, work.files, workspace_.store()));
        if (is_left) {
            auto where = place_of_autospec(recipe, work.place, workspace_);
            if (!where)
                return lacking(std::move(where).error(), "srpm");
            work.autospec = *std::move(where);
        }
        ALBS_TRY(outcome, made(work));
    }
    if (!outcome.package)
        return outcome;
    SourcePackage package = *std::move(outcome.package);
    const std::string target = target_of_packages(recipe.platform);
    outcome.package.reset();
    if (planned.arch == "src" || is_mock ||
        (planned.arch == target && work.place.arch == target && !recipe.srpm_as_is)) {
        outcome.spec = reading_of(package.package);
    } else {
        ALBS_TRY(outcome, read(recipe, planned.arch, package, planned.installed_for_package));
    }
    outcome.package = std::move(package);
    return outcome;
}

Result<SourceOutcome> SourcePackages::read(const BuildConfig& recipe, const std::string& arch,
                                           const SourcePackage& package,
                                           const std::vector<std::string>& installed)
{
    auto place = place_of_arch(recipe, arch, installed, workspace_);
    if (!place)
        return lacking(std::move(place).error(), "setup");
    SourceOutcome outcome;
    const std::string key = reading_key(recipe, *place, arch, package);
    std::lock_guard guard(turn(key));
    if (std::optional<SpecReading> known = remembers_ ? recall_reading(workspace_, key) : std::nullopt) {
        outcome.spec = *std::move(known);
        return outcome;
    }
    SpecJob job{{.tree = {}, .spec = {}, .sources = {}, .package = package.path}, arch, package.time};
    ALBS_TRY(SpecRun run, run_spec(recipe, *place, job, context()));
    std::string path = run.succeeded() ? package_of(run) : "";
    if (path.empty()) {
        return spec_failure(run, package.package.info.name, workspace_);
    }
    ALBS_TRY(rpm::Package read, rpm::library().read_package(path));
    outcome.spec = reading_of(read);
    ALBS_CHECK(remember_reading(workspace_, key, outcome.spec));
    return outcome;
}

Result<SourceOutcome> SourcePackages::taken(const Work& work)
{
    SourceOutcome outcome;
    ALBS_TRY(outcome.package, stored_package(workspace_.store(), *work.planned.source.srpm));
    outcome.package->time = work.planned.source.source_date_epoch.value_or(outcome.package->package.build_time);
    return outcome;
}

Result<SourceOutcome> SourcePackages::made(const Work& work)
{
    const std::string key =
        package_key(work.recipe, work.place, work.planned, work.autospec ? work.autospec->key() : "");
    std::lock_guard guard(turn(key));
    if (std::optional<SourcePackage> known = remembers_ ? recall_package(workspace_, key) : std::nullopt) {
        SourceOutcome outcome;
        outcome.package = std::move(known);
        outcome.package->buildroot = work.place.lock;
        return outcome;
    }
    ALBS_TRY(SourceOutcome outcome, work.autospec ? processed(work) : made_anew(work));
    if (outcome.package)
        ALBS_CHECK(remember_package(workspace_, key, *outcome.package));
    return outcome;
}

/// With the spec that rpmautospec makes of the source's.
Result<SourceOutcome> SourcePackages::processed(const Work& work)
{
    const Source& source = work.planned.source;
    ALBS_TRY(Autospec done, run_autospec(work.recipe, *work.autospec, source, work.files,
                                         source.source_date_epoch.value_or(1), context()));
    SourceOutcome outcome;
    if (done.failed) {
        ALBS_TRY(outcome, spec_failure(*done.failed, source.name, workspace_));
        outcome.reason->message = done.refusal + outcome.reason->message;
        if (work.recipe.uses_roots() && !work.autospec->program.empty())
            outcome.reason->message += "; it is this machine's, with the macros of this machine: give the platform a "
                                       "repository that has the package rpmautospec";
        return outcome;
    }
    if (!done.refusal.empty()) {
        outcome.reason = spec_reason("spec", std::move(done.refusal));
        return outcome;
    }
    ALBS_TRY(outcome, made_anew({work.recipe, work.planned, work.place, std::move(done.files)}));
    if (outcome.package && done.transformation) {
        outcome.package->transformations.push_back(*std::move(done.transformation));
        outcome.package->made_of = std::move(done.artifacts);
    }
    return outcome;
}

/// There is no commit to take the time of a directory from, and the times of its files are of one machine: it is the
/// changelog's, which is known only when the spec has been read once.
Result<SourceOutcome> SourcePackages::made_anew(const Work& work)
{
    const std::optional<std::int64_t> time = work.planned.source.source_date_epoch;
    for (const PinnedFile& file : work.planned.pinned)
        ALBS_CHECK(fetch_again(file, workspace_));
    ALBS_TRY(SourceOutcome outcome, made_at(work, time.value_or(1), work.planned.pinned));
    if (time || !outcome.package)
        return outcome;
    std::optional<std::int64_t> changed = rpm::changelog_time(outcome.package->package);
    if (!changed)
        return outcome;
    return made_at(work, *changed, outcome.package->pinned);
}

Result<SpecInput> SourcePackages::input_of(const Work& work, const std::string& directory, std::int64_t time,
                                           const std::vector<PinnedFile>& pinned)
{
    const Source& source = work.planned.source;
    SpecInput input;
    if (!source.files) {
        ALBS_TRY(input.package, workspace_.store().path(*source.srpm));
        return input;
    }
    input.tree = directory;
    input.spec = source.spec.value_or("");
    input.sources = source.layout == "flat" ? "" : "SOURCES";
    ALBS_CHECK(store::lay_out_tree(workspace_.store(), work.files.tree, directory, time));
    const std::string folder = input.sources.empty() ? "" : input.sources + "/";
    ALBS_CHECK(store::make_directory(directory + "/" + folder));
    for (const PinnedFile& file : pinned)
        if (work.files.tree.find(folder + file.name) == nullptr)
            ALBS_CHECK(store::lay_out_file(workspace_.store(),
                                           {folder + file.name, std::string(SourceFile::plain), file.sha256, file.size},
                                           directory, time));
    return input;
}

Result<SourceOutcome> SourcePackages::made_at(const Work& work, std::int64_t time, std::vector<PinnedFile> pinned)
{
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("tree", scratch_));
    SpecJob job{{}, target_of_packages(work.recipe.platform), time, true};
    const std::string tree = directory.path() + "/tree";
    ALBS_CHECK(store::make_directory(tree));
    ALBS_TRY(job.input, input_of(work, tree, time, pinned));
    // mock makes source packages of spec files only; how it will call those of others, which it makes anew when it
    // builds them, is not known before.
    if (work.recipe.platform.backend() == "mock" && !job.input.tree.empty())
        return made_in_mock(work, job, pinned);
    ALBS_TRY(SpecRun run, run_spec(work.recipe, work.place, job, context()));
    SourceOutcome outcome;
    if (run.succeeded() && !package_of(run).empty()) {
        ALBS_TRY(outcome, kept(work, run, job, pinned));
        return outcome;
    }
    ALBS_TRY(outcome, spec_failure(run, work.planned.source.name, workspace_));
    ALBS_TRY(std::string log, sys::read_file(run.log_file(), std::size_t{1} << 26));
    const std::string missing = spec_error(log).missing;
    if (missing.empty() || job.input.tree.empty() || !pinned.empty())
        return outcome;
    ALBS_TRY(auto first, missing_files(work, job, *outcome.reason, missing));
    if (first)
        return made_at(work, time, *std::move(first));
    return outcome;
}

} // namespace albs::build
