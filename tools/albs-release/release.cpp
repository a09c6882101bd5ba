// SPDX-License-Identifier: GPL-3.0-or-later
// The tool's own job, and `plan`, which is the same up to the moment where something would be written.
#include <algorithm>
#include <map>
#include <set>

#include "albs/evidence/ledger_changes.hpp"
#include "base/format.hpp"
#include "notarizations.hpp"
#include "plan.hpp"
#include "publish.hpp"
#include "repo_files.hpp"
#include "sys/file.hpp"

namespace albs::release {
namespace {

void report(const Plan& plan, cli::Context& context)
{
    for (const Refusal& refusal : plan.warnings)
        context.messages.warning(refusal.reason, refusal.package);
    for (const Refusal& refusal : plan.waived)
        context.messages.warning(format_text("waived ({}): {}", refusal.waiver, refusal.reason), refusal.package);
    for (const Refusal& refusal : plan.refused)
        context.messages.warning("refused: " + refusal.reason, refusal.package);
}

bool is_there(const Tree& tree, const std::string& name, const std::string& sha256)
{
    auto found = tree.repositories.find(name);
    return found != tree.repositories.end() && found->second.find(sha256) != nullptr;
}

/// The package there that it takes the place of; null if there is none.
const repo::ListedPackage* replaced_in(const Tree& tree, const std::string& name, const Candidate& candidate)
{
    auto found = tree.repositories.find(name);
    if (found == tree.repositories.end())
        return nullptr;
    for (const JsonText& id : candidate.signature->replaces)
        if (const repo::ListedPackage* there =
                found->second.find(std::string(id.view().substr(0, id.view().find('/')))))
            return there;
    return nullptr;
}

/// Where a package is in a repository: a tree that was adopted may keep it elsewhere than we would.
std::string location_in(const Tree& tree, const std::string& name, const Candidate& candidate)
{
    if (auto found = tree.repositories.find(name); found != tree.repositories.end())
        if (const repo::ListedPackage* there = found->second.find(candidate.released->sha256))
            return there->location;
    const repo::ListedPackage* old = replaced_in(tree, name, candidate);
    return old != nullptr ? old->location : candidate.location;
}

Changes changes_of(const Plan& plan, const Tree& tree)
{
    Changes changes;
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const Refusal*>> of_packages; // of a source
    std::map<std::string_view, std::vector<const Refusal*>> of_sources;
    for (const Refusal& waived : plan.waived)
        if (waived.gate == "build" || waived.gate == "arch")
            of_sources[waived.source].push_back(&waived);
        else
            of_packages[{waived.source, waived.package}].push_back(&waived);
    std::set<std::pair<std::string_view, std::string_view>> told; // repositories and sources
    auto tell = [](Change& change, const std::vector<const Refusal*>& waivers) {
        for (const Refusal* waived : waivers) {
            change.waivers.push_back(format_text("{}: {}: {}", waived->package, waived->gate, waived->reason));
            change.waived_for.insert(waived->waiver);
        }
    };
    for (const Candidate& candidate : plan.publish)
        for (const std::string& name : candidate.repositories) {
            Change& change = changes[name];
            change.packages.push_back({candidate.released->sha256, location_in(tree, name, candidate)});
            if (!is_there(tree, name, candidate.released->sha256)) {
                change.add.push_back(
                    {candidate.file, change.packages.back().path, candidate.released->sha256, candidate.build_time});
                if (const repo::ListedPackage* old = replaced_in(tree, name, candidate))
                    change.replace[old->sha256] = candidate.released->sha256;
            }
            tell(change, of_packages[{candidate.source->id, candidate.built->rpm->nevra}]);
            if (told.emplace(name, candidate.source->id).second)
                tell(change, of_sources[candidate.source->id]);
        }
    for (auto& [name, change] : changes) {
        std::sort(change.waivers.begin(), change.waivers.end());
        change.waivers.erase(std::unique(change.waivers.begin(), change.waivers.end()), change.waivers.end());
    }
    return changes;
}

/// The store is only read, so a dry run may open it; it is not made here.
Status check_store(const cli::Context& context)
{
    if (!sys::is_directory(context.workspace_path() + "/store"))
        return fail(Kind::input, "there is no store in '" + context.workspace_path() + "'",
                    "use the --workspace that the manifest was made in");
    return {};
}

cli::Verdict verdict_of(const Plan& plan)
{
    return plan.refused.empty() ? cli::Verdict::yes : cli::Verdict::no;
}

void describe(const Plan& plan, const Tree& tree, cli::Context& context)
{
    for (const Candidate& candidate : plan.publish)
        for (const std::string& name : candidate.repositories)
            context.messages.note(is_there(tree, name, candidate.released->sha256)
                                      ? format_text("is in {} already", name)
                                      : format_text("would go to {}/{}", name, candidate.location),
                                  candidate.built->rpm->nevra);
}

/// A plan, and what it was made from.
struct Decision {
    Keys keys;
    repo::Generations generations;
    std::optional<sys::FileLock> lock; ///< while the tree must not change
    Tree tree;
    Plan plan;
};

Result<Decision> decide(const PlanOptions& options, bool will_publish, cli::Context& context, const Manifest& manifest)
{
    ALBS_CHECK(check_store(context));
    ALBS_TRY(cli::Waivers waivers, cli::Waivers::read(options.gates.waive, waivable_gates()));
    ALBS_TRY(std::optional<Policy> log, log_trust(options.gates, waivers, context));
    const RecordIndex index(manifest);
    std::optional<EvidenceReader> evidence;
    if (log) {
        evidence.emplace(manifest, *log);
        ALBS_CHECK(add_ledger_changes(*evidence, cli::own_ledger(context), *log, LedgerQuestion::tests));
    }
    ALBS_TRY(Keys keys, Keys::open(options.keys.gnupghome, options.keys.key, options.keys.allow_keys));
    ALBS_TRY(repo::Generations generations, repo::Generations::open(options.to));
    std::optional<sys::FileLock> lock;
    if (will_publish) {
        ALBS_TRY(lock, generations.lock());
    }
    ALBS_TRY(Tree tree, read_tree(generations, keys));
    ALBS_CHECK(site_of(options.site.name, options.site.baseurl, tree, generations.directory()));
    ALBS_TRY(Plan plan, make_plan({options.gates, context, manifest, tree, keys, index, waivers,
                                   evidence ? &*evidence : nullptr}));
    report(plan, context);
    waivers.tell_unused(context.messages);
    return Decision{std::move(keys), std::move(generations), std::move(lock), std::move(tree), std::move(plan)};
}

} // namespace

Result<cli::Outcome> release(const ReleaseOptions& all, cli::Context& context, Manifest& manifest)
{
    if (manifest.sources().empty() && manifest.signatures().empty()) {
        context.messages.note("the manifest has neither sources nor signed packages: nothing to release");
        return cli::Outcome();
    }
    const PlanOptions& options = all.plan;
    if (all.keep < 1)
        return fail(Kind::usage, "--keep wants a positive number");
    ALBS_TRY(Decision decision, decide(options, !context.dry_run(), context, manifest));
    Plan& plan = decision.plan;
    const Tree& tree = decision.tree;
    if (context.dry_run()) {
        describe(plan, tree, context);
        return cli::Outcome{verdict_of(plan), {}};
    }
    Changes changes = changes_of(plan, tree);
    for (auto& [name, change] : changes) {
        auto found = tree.repositories.find(name);
        const Repository* before = found == tree.repositories.end() ? nullptr : &found->second;
        ALBS_TRY(change.notarizations, notarizations_for(manifest, before, change.packages));
    }
    std::size_t files = 0;
    for (const auto& [name, change] : changes)
        files += change.add.size();
    ALBS_TRY(std::vector<Json> records,
             publish({options.site, all.keep}, context, decision.keys, decision.generations, tree, changes));
    for (const Json& record : records)
        ALBS_CHECK(manifest.add_record("releases", record));
    if (!plan.publish.empty() && files == 0)
        context.messages.note("all of it was released before");
    else if (!plan.publish.empty())
        context.messages.note(format_text("published {} files in {}", files, decision.generations.directory()));
    return cli::Outcome{verdict_of(plan), {}};
}

Result<cli::Outcome> plan(const PlanOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(Decision decision, decide(options, false, context, manifest));
    return cli::Outcome{verdict_of(decision.plan), write_json(to_json(decision.plan, decision.tree)) + "\n"};
}

} // namespace albs::release
