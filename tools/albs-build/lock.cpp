// SPDX-License-Identifier: GPL-3.0-or-later
#include "lock.hpp"

#include <algorithm>

#include "albs/buildroot/mock_record.hpp"
#include "base/format.hpp"
#include "check_options.hpp"
#include "choose_platform.hpp"
#include "cli/root_context.hpp"
#include "recipe.hpp"
#include "root/locked_packages.hpp"
#include "rpm/library.hpp"
#include "scratch.hpp"
#include "source_package.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "sys/hash_file.hpp"

namespace albs::build {
namespace {

bool is_source_package(const std::string& operand)
{
    return operand.ends_with(".src.rpm");
}

/// Before anything is read: what does not go together.
Status check_operands(const LockOptions& options, const cli::Context& context)
{
    const std::vector<std::string>& words = context.operands;
    bool asked = !words.empty() || !options.needs.empty();
    if (asked + !options.record.empty() + !options.lock.empty() > 1)
        return fail(Kind::usage, "packages, --import FILE and --lock FILE do not go together");
    if (!options.record.empty() || !options.lock.empty())
        ALBS_CHECK(check_nothing_to_solve(options.recipe, options.lock.empty() ? "--import" : "--lock", true));
    const RecipeOptions& recipe = options.recipe;
    if (!(recipe.with.empty() && recipe.without.empty() && recipe.definitions.empty()) &&
        std::none_of(words.begin(), words.end(), is_source_package))
        return fail(Kind::usage, "--with, --without and --define change what a source package needs, and none is given",
                    "name it: albs-build lock NAME.src.rpm");
    if (!options.branch.empty() && options.build_configs.empty())
        return fail(Kind::usage, "--branch chooses among the options of --build-configs, and that is not given");
    std::ptrdiff_t packages = std::count_if(words.begin(), words.end(), is_source_package);
    if (!options.build_configs.empty() && packages != 1)
        return fail(Kind::usage,
                    format_text("--build-configs is for one source package, and the operands name {}", packages),
                    "name it: albs-build lock --build-configs FILE NAME.src.rpm");
    if (recipe.backend == "host" || recipe.backend == "mock")
        return fail(Kind::usage, "a lock is of a root of ours, and backend '" + recipe.backend + "' makes none");
    return {};
}

Status check_request(const LockOptions& options, const cli::Context& context, const root::Request& request)
{
    bool is_solved = options.lock.empty() && options.record.empty();
    if (request.repositories.empty() && is_solved)
        return fail(Kind::usage, "there is no repository to solve a root from",
                    "name a platform that has some, or one with --repo FILE.repo or --repo URL");
    if (request.question.words.empty() && context.operands.empty() && options.needs.empty() && is_solved)
        return fail(Kind::usage, "there is nothing to install", "albs-build lock --repo FILE.repo @build");
    return {};
}

/// The options of the lock, and what --build-configs says for the source package among the operands.
Result<RecipeOptions> own_options(const LockOptions& options, const cli::Context& context)
{
    if (options.build_configs.empty())
        return options.recipe;
    ALBS_TRY(platform::Overrides overrides, read_overrides(options.build_configs));
    const std::string& file = *std::find_if(context.operands.begin(), context.operands.end(), is_source_package);
    ALBS_TRY(rpm::Package package, rpm::library().read_package(file));
    const platform::Override* own = overrides.find(package.info.name, options.branch);
    if (own == nullptr)
        return options.recipe;
    RecipeOptions recipe = with_own(options.recipe, *own);
    if (Status contradiction = check(recipe); !contradiction)
        return of_package(std::move(contradiction).error(), package.info.name, options.build_configs);
    return recipe;
}

/// What a source package needs, as its builds would read it.
Result<std::vector<std::string>> needs_of(const std::string& file, const BuildConfig& recipe, const std::string& arch,
                                          SourcePackages& packages)
{
    SourcePackage package;
    package.path = file;
    ALBS_TRY(package.package, rpm::library().read_package(file));
    if (package.package.info.arch != "src")
        return fail(Kind::input, "'" + file + "' is no source package, but " + package.package.info.nevra);
    ALBS_TRY(package.path, sys::absolute_path(file));
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(file));
    package.artifact.sha256 = digest.sha256.hex();
    package.time = package.package.build_time;
    ALBS_TRY(SourceOutcome outcome, packages.read(recipe, arch, package));
    if (outcome.reason)
        return fail(Kind::input, "'" + file + "': " + outcome.reason->message);
    return std::move(outcome.spec.needs);
}

/// The names to install, and what the source packages among the operands need.
Status add_operands(const LockOptions& options, cli::Context& context, const Recipe& recipe,
                    store::Workspace& workspace, repositories::RootQuery& question)
{
    BuildConfig config;
    static_cast<Recipe&>(config) = recipe;
    root::Solver solver(options.recipe.root, cli::root_context(context));
    config.solve = [&solver](const platform::Platform& platform, const std::string& arch,
                             const std::vector<std::string>& asked) { return solver.lock(platform, arch, asked); };
    ALBS_TRY(Scratch scratch, Scratch::open(workspace));
    SourcePackages packages(workspace, scratch.path(), context.messages);
    for (const std::string& operand : context.operands) {
        if (!is_source_package(operand)) {
            question.words.push_back(operand);
            continue;
        }
        ALBS_TRY(std::vector<std::string> needs, needs_of(operand, config, question.arch, packages));
        question.needs.insert(question.needs.end(), needs.begin(), needs.end());
    }
    return {};
}

struct Work {
    const LockOptions& options;
    const root::Request& request;
    const repositories::Settings& settings;
    const root::RunContext& run;
    store::Workspace& workspace;
};

Result<buildroot::Lock> import_record(const Work& work, const std::vector<repositories::SyncedRepository>& repositories)
{
    ALBS_TRY(std::string text, sys::read_given(work.options.record, std::size_t{64} << 20));
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
    ALBS_TRY(std::string text, sys::read_given(work.options.lock, std::size_t{64} << 20));
    auto lock = buildroot::read_lock(text);
    if (!lock)
        return fail(std::move(lock).error(), "'" + work.options.lock + "'");
    ALBS_CHECK(root::fetch_locked(*lock, work.request, {}, work.settings, work.run));
    return lock;
}

} // namespace

Result<cli::Outcome> lock(const LockOptions& options, cli::Context& context)
{
    ALBS_CHECK(check(options.recipe));
    ALBS_CHECK(check_operands(options, context));
    store::Workspace* workspace = nullptr;
    if (!context.dry_run()) {
        ALBS_TRY(workspace, context.workspace());
    }
    ALBS_TRY(RecipeOptions own, own_options(options, context));
    ALBS_TRY(Recipe recipe, read_recipe(std::move(own), false, workspace));
    if (platforms_of(options.recipe).size() != 1)
        return fail(Kind::usage, "a lock is for one platform");
    if (recipe.arches.size() != 1)
        return fail(Kind::usage, "a lock is for one architecture");
    ALBS_TRY(root::Request request,
             root::request_of(recipe.platform, recipe.arches.front(), options.recipe.root, context.workspace_path()));
    ALBS_CHECK(check_request(options, context, request));
    cli::Outcome outcome;
    if (context.dry_run()) {
        context.messages.note("would lock a root from " + std::to_string(request.repositories.size()) +
                              " repositories");
        outcome.document = "";
        return outcome;
    }
    root::RunContext run = cli::root_context(context);
    repositories::Settings settings = root::settings_of(options.recipe.root, run);
    ALBS_CHECK(add_operands(options, context, recipe, *workspace, request.question));
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
