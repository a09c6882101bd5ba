// SPDX-License-Identifier: GPL-3.0-or-later
// What became of making a source package: the files that it lacks, and whether what came may be kept.
#include "base/format.hpp"
#include "first_fetch.hpp"
#include "mock_source.hpp"
#include "moving_parts.hpp"
#include "rpm/library.hpp"
#include "source_work.hpp"
#include "spec_failure.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::build {

/// All that the spec names by URL and the source lacks, taken now where that was asked for; else the reason says it.
Result<std::optional<std::vector<PinnedFile>>> SourcePackages::missing_files(const Work& work, const SpecJob& job,
                                                                             Reason& reason, const std::string& missing)
{
    std::optional<std::vector<PinnedFile>> got;
    ALBS_TRY(std::string expanded, expanded_spec(work.recipe, work.place, job, context()));
    const std::string folder = job.input.sources.empty() ? "" : job.input.sources + "/";
    for (const NamedUrl& named : urls_in(expanded)) {
        if (work.files.tree.find(folder + named.name) != nullptr)
            continue;
        if (!work.recipe.trust_first_fetch) {
            if (named.name == missing)
                reason.message += format_text("; the spec names it as {}: list it with its digest, or take it with "
                                              "--trust-first-fetch",
                                              named.url);
            continue;
        }
        ALBS_TRY(PinnedFile pinned, fetch_first(named, workspace_, messages_, work.planned.id));
        if (!got)
            got.emplace();
        got->push_back(std::move(pinned));
    }
    return got;
}

Result<SourceOutcome> SourcePackages::kept(const Work& work, const SpecRun& run, const SpecJob& job,
                                           const std::vector<PinnedFile>& pinned)
{
    const std::string path = package_of(run);
    std::string why = fault_of(path, work.files, pinned);
    if (why.empty()) {
        ALBS_TRY(why, moving_part(work, job, path));
    }
    if (why.empty())
        return stored(work, path, job.time, pinned);
    ALBS_TRY(SourceOutcome outcome, spec_failure(run, work.planned.source.name, workspace_));
    outcome.reason->message = why;
    return outcome;
}

Result<SourceOutcome> SourcePackages::stored(const Work& work, const std::string& path, std::int64_t time,
                                             const std::vector<PinnedFile>& pinned)
{
    SourceOutcome outcome;
    ALBS_TRY(sys::FileDigest digest, workspace_.store().put_file(path)); // it is another user's, as it lies there
    ALBS_TRY(outcome.package, stored_package(workspace_.store(), digest.sha256.hex()));
    outcome.package->time = time;
    outcome.package->buildroot = work.place.lock;
    outcome.package->pinned = pinned;
    return outcome;
}

Result<SourceOutcome> SourcePackages::made_in_mock(const Work& work, const SpecJob& job,
                                                   const std::vector<PinnedFile>& pinned)
{
    ALBS_TRY(MockSource made,
             make_in_mock(work.recipe, work.place.arch, job.input, work.planned.source.name, context()));
    if (made.package.empty() && !made.missing.empty() && pinned.empty()) {
        ALBS_TRY(auto first, missing_files(work, job, *made.failure.reason, made.missing));
        if (first)
            return made_at(work, job.time, *std::move(first));
    }
    if (made.package.empty())
        return std::move(made.failure);
    if (std::string why = fault_of(made.package, work.files, pinned); !why.empty()) {
        made.failure.reason = spec_reason("spec", std::move(why));
        return std::move(made.failure);
    }
    return stored(work, made.package, job.time, pinned);
}

Result<std::string> SourcePackages::moving_part(const Work& work, const SpecJob& job, const std::string& made)
{
    ALBS_TRY(std::string spec,
             job.input.tree.empty() ? Result<std::string>("") : sys::read_file(job.input.tree + "/" + job.input.spec));
    if (!may_move(spec))
        return std::string();
    SpecJob again = job;
    again.is_kept = false;
    ALBS_TRY(again.environment, other_clock(job.input.tree, job.input.spec));
    ALBS_TRY(SpecRun run, run_spec(work.recipe, work.place, again, context()));
    std::string path = run.succeeded() ? package_of(run) : "";
    if (path.empty())
        return std::string(); // what is not the spec's own may not stand another clock
    ALBS_TRY(rpm::Package first, rpm::library().read_package(made));
    ALBS_TRY(rpm::Package second, rpm::library().read_package(path));
    return moved(first.info, second.info);
}

} // namespace albs::build
