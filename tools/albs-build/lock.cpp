// SPDX-License-Identifier: GPL-3.0-or-later
#include "lock.hpp"

#include <algorithm>

#include "albs/buildroot/mock_record.hpp"
#include "cli/root_context.hpp"
#include "plan.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

Status check(const Options& options, const cli::Context& context, const root::Request& request)
{
    bool asked = !context.operands.empty() || !options.needs.empty();
    if (asked + !options.record.empty() + !options.lock.empty() > 1)
        return fail(Kind::usage, "packages, --import FILE and --lock FILE do not go together");
    if (request.repositories.empty() && options.lock.empty() && options.record.empty())
        return fail(Kind::usage, "there is no repository to solve a root from",
                    "name a platform that has some, or one with --repo FILE.repo or --repo URL");
    if (request.question.words.empty() && !asked && options.lock.empty() && options.record.empty())
        return fail(Kind::usage, "there is nothing to install", "albs-build lock --repo FILE.repo @build");
    return {};
}

struct Work {
    const Options& options;
    const root::Request& request;
    const repositories::Settings& settings;
    const root::RunContext& run;
    store::Workspace& workspace;
};

Result<buildroot::Lock> import_record(const Work& work, const std::vector<repositories::SyncedRepository>& repositories)
{
    ALBS_TRY(std::string text, sys::read_file(work.options.record, std::size_t{64} << 20));
    auto record = buildroot::read_mock_record(text);
    if (!record)
        return fail(std::move(record).error(), "'" + work.options.record + "'");
    const std::string& arch = work.request.question.arch;
    ALBS_TRY(auto wanted, repositories::wanted_of(*record, arch, repositories, work.settings));
    ALBS_TRY(auto fetched, repositories::fetch(wanted, work.workspace, root::fetch_options(work.settings, work.run)));
    ALBS_TRY(buildroot::Lock lock, repositories::lock_of(arch, repositories, fetched));
    lock.platform = work.request.platform;
    lock.arch = arch;
    return lock;
}

/// The same lock: what is new is that its packages are in the workspace. Where they are already, nobody is asked.
Result<buildroot::Lock> keep_lock(const Work& work)
{
    ALBS_TRY(std::string text, sys::read_file(work.options.lock, std::size_t{64} << 20));
    auto lock = buildroot::read_lock(text);
    if (!lock)
        return fail(std::move(lock).error(), "'" + work.options.lock + "'");
    std::vector<repositories::SyncedRepository> synced;
    std::vector<bool> there = repositories::are_there(repositories::wanted_of(*lock, synced), work.workspace.path());
    if (std::find(there.begin(), there.end(), false) != there.end()) {
        ALBS_TRY(synced, repositories::sync(work.request.repositories, work.settings));
    }
    ALBS_CHECK(repositories::fetch(repositories::wanted_of(*lock, synced), work.workspace,
                               root::fetch_options(work.settings, work.run)));
    return lock;
}

} // namespace

Result<cli::Outcome> lock(const Options& options, cli::Context& context)
{
    ALBS_TRY(BuildConfig recipe, read_build_config(options, nullptr));
    if (recipe.arches.size() != 1)
        return fail(Kind::usage, "a lock is for one architecture");
    ALBS_TRY(root::Request request, root::request_of(recipe.platform, recipe.arches.front(), options.root, context.workspace_path()));
    ALBS_CHECK(check(options, context, request));
    request.question.words.insert(request.question.words.end(), context.operands.begin(), context.operands.end());
    cli::Outcome outcome;
    if (context.dry_run()) {
        context.messages.note("would lock a root from " + std::to_string(request.repositories.size()) + " repositories");
        outcome.document = "";
        return outcome;
    }
    root::RunContext run = cli::root_context(context);
    repositories::Settings settings = root::settings_of(options.root.offline, run);
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    Work work{options, request, settings, run, *workspace};
    buildroot::Lock made;
    if (!options.lock.empty()) {
        ALBS_TRY(made, keep_lock(work));
    } else {
        ALBS_TRY(auto synced, repositories::sync(request.repositories, settings));
        ALBS_TRY(made, options.record.empty() ? root::lock_root(request, options.needs, synced, settings, run)
                                              : import_record(work, synced));
    }
    outcome.document = buildroot::write_lock(made);
    return outcome;
}

} // namespace albs::build
