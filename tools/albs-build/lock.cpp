// SPDX-License-Identifier: GPL-3.0-or-later
#include "lock.hpp"

#include <algorithm>

#include "ground.hpp"
#include "plan.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

Status check(const Options& options, const cli::Context& context, const Ground& ground)
{
    bool asked = !context.operands.empty() || !options.needs.empty();
    if (asked + !options.record.empty() + !options.lock.empty() > 1)
        return fail(Kind::usage, "packages, --import FILE and --lock FILE do not go together");
    if (ground.repositories.empty() && options.lock.empty() && options.record.empty())
        return fail(Kind::usage, "there is no repository to solve a root from",
                    "name a platform that has some, or one with --repo FILE.repo or --repo URL");
    if (ground.question.words.empty() && !asked && options.lock.empty() && options.record.empty())
        return fail(Kind::usage, "there is nothing to install", "albs-build lock --repo FILE.repo @build");
    return {};
}

struct Work {
    const Options& options;
    const Ground& ground;
    const metadata::Settings& settings;
    cli::Context& context;
    store::Workspace& workspace;
};

Result<metadata::Lock> import_record(const Work& work, const std::vector<metadata::Synced>& repositories)
{
    ALBS_TRY(std::string text, sys::read_file(work.options.record, std::size_t{64} << 20));
    auto record = metadata::read_record(text);
    if (!record)
        return fail(std::move(record).error(), "'" + work.options.record + "'");
    const std::string& arch = work.ground.question.arch;
    ALBS_TRY(auto wanted, metadata::wanted_of(*record, arch, repositories, work.settings));
    ALBS_TRY(auto fetched, metadata::fetch(wanted, work.workspace, fetch_options(work.settings, work.context)));
    ALBS_TRY(metadata::Lock lock, metadata::lock_of(arch, repositories, fetched));
    lock.platform = work.ground.platform;
    lock.arch = arch;
    return lock;
}

/// The same lock: what is new is that its packages are in the workspace. Where they are already, nobody is asked.
Result<metadata::Lock> keep_lock(const Work& work)
{
    ALBS_TRY(std::string text, sys::read_file(work.options.lock, std::size_t{64} << 20));
    auto lock = metadata::read_lock(text);
    if (!lock)
        return fail(std::move(lock).error(), "'" + work.options.lock + "'");
    std::vector<metadata::Synced> synced;
    std::vector<bool> there = metadata::are_there(metadata::wanted_of(*lock, synced), work.workspace.path());
    if (std::find(there.begin(), there.end(), false) != there.end()) {
        ALBS_TRY(synced, metadata::sync(work.ground.repositories, work.settings));
    }
    ALBS_CHECK(metadata::fetch(metadata::wanted_of(*lock, synced), work.workspace,
                               fetch_options(work.settings, work.context)));
    return lock;
}

} // namespace

Result<cli::Outcome> lock(const Options& options, cli::Context& context)
{
    ALBS_TRY(Recipe recipe, read_recipe(options, nullptr));
    if (recipe.arches.size() != 1)
        return fail(Kind::usage, "a lock is for one architecture");
    ALBS_TRY(Ground ground, ground_of(recipe.platform, recipe.arches.front(), options.root, context.workspace_path()));
    ALBS_CHECK(check(options, context, ground));
    ground.question.words.insert(ground.question.words.end(), context.operands.begin(), context.operands.end());
    cli::Outcome outcome;
    if (context.dry_run()) {
        context.messages.note("would lock a root from " + std::to_string(ground.repositories.size()) + " repositories");
        outcome.document = "";
        return outcome;
    }
    metadata::Settings settings = settings_of(options.root, context);
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    Work work{options, ground, settings, context, *workspace};
    metadata::Lock made;
    if (!options.lock.empty()) {
        ALBS_TRY(made, keep_lock(work));
    } else {
        ALBS_TRY(auto synced, metadata::sync(ground.repositories, settings));
        ALBS_TRY(made, options.record.empty() ? lock_root(ground, options.needs, synced, settings, context)
                                              : import_record(work, synced));
    }
    outcome.document = metadata::write_lock(made);
    return outcome;
}

} // namespace albs::build
