// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_group.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "albs/json/value.hpp"
#include "base_root.hpp"
#include "bystanders.hpp"
#include "check_scripts.hpp"
#include "groups.hpp"
#include "inspect.hpp"
#include "integrity.hpp"
#include "lifecycle.hpp"
#include "platform/platform.hpp"
#include "result_cache.hpp"
#include "run_suites.hpp"
#include "sys/parallel.hpp"
#include "upgrade.hpp"

namespace albs::test {
namespace {

class GroupRun {
public:
    GroupRun(cli::Context& context, const store::Workspace& workspace, const Options& options, const SkipRules& rules,
             const OtherCheckers& checkers, Group& group)
        : context_(context), workspace_(workspace), options_(options), rules_(rules), checkers_(checkers), group_(group)
    {
    }
    Status run(std::vector<PackageSource>& sources, const std::vector<Suite>& suites);

private:
    bool wanted(const TestedPackage& subject, const char* test) const { return !rules_.find(name_of(subject), test); }
    static std::string name_of(const TestedPackage& subject)
    {
        return subject.package ? std::string(subject.package->info.name) : subject.label();
    }
    Status make_keys(const PackagePool& pool, const std::vector<PackageSource>& sources);
    std::vector<TestedPackage*> recall_known();
    Status examine_fresh(PackagePool& pool, const std::vector<TestedPackage*>& fresh);
    Status check_together(PackagePool& pool, const std::vector<TestedPackage*>& fresh);
    Result<std::vector<Lifecycle>> plan(PackagePool& pool, const std::vector<TestedPackage*>& fresh);
    Status try_upgrades(PackagePool& pool, const std::vector<TestedPackage*>& fresh);
    void put_in_order(TestedPackage& subject) const;

    cli::Context& context_;
    const store::Workspace& workspace_;
    const Options& options_;
    const SkipRules& rules_;
    const OtherCheckers& checkers_;
    Group& group_;
    BaseRoot base_;
    Owners owners_; ///< of the base's files
    std::vector<TestedPackage*> readable_;
    std::map<const TestedPackage*, std::string> keys_;
    Json common_; ///< of all keys
};

/// Everything that a result depends on: the package, those it was tried with, repositories, the machine, options.
Status GroupRun::make_keys(const PackagePool& pool, const std::vector<PackageSource>& sources)
{
    std::vector<std::string> siblings;
    for (const TestedPackage* subject : group_.subjects)
        siblings.push_back(subject->artifact.sha256);
    std::sort(siblings.begin(), siblings.end());
    std::vector<std::string> states;
    for (const PackageSource& source : sources) {
        ALBS_TRY(std::string state, source.state(group_.arch));
        states.push_back(source.name() + " " + state);
    }
    for (const repositories::SyncedRepository& one : base_.repositories)
        states.push_back(one.repository.name + " " + one.state.repomd);
    common_ = Json::object({{"version", ALBS_VERSION},
                            {"platform", group_.platform},
                            {"arch", group_.arch},
                            {"machine", platform::machine_arch()},
                            {"root", base_.lock_digest},
                            {"hindrance", base_.hindrance},
                            {"siblings", Json::strings(siblings)},
                            {"repositories", Json::strings(states)},
                            {"offers", Json::strings(pool.offers())},
                            {"checkers", Json::strings(checkers_.identity())},
                            {"releases", options_.releases},
                            {"timeout", options_.timeout}});
    for (const TestedPackage* subject : group_.subjects) {
        Json own = common_;
        own.set("artifact", subject->artifact.sha256);
        own.set("label", subject->label());
        for (const char* test : test_names)
            if (auto reason = rules_.find(name_of(*subject), test))
                own.set(test, *reason);
        for (const std::string& test : inspection_tests())
            if (auto reason = rules_.find(name_of(*subject), test))
                own.set(test, *reason);
        keys_[subject] = canonical_json(own);
    }
    return {};
}

/// Those about which nothing is remembered.
std::vector<TestedPackage*> GroupRun::recall_known()
{
    std::vector<TestedPackage*> fresh;
    for (TestedPackage* subject : group_.subjects) {
        auto known = options_.keep ? std::nullopt : recall(workspace_, keys_[subject]);
        if (known)
            subject->findings = *std::move(known);
        else
            fresh.push_back(subject);
    }
    return fresh;
}

/// What needs the others: integrity first, so that nothing damaged is tried.
Status GroupRun::check_together(PackagePool& pool, const std::vector<TestedPackage*>& fresh)
{
    ALBS_CHECK(sys::for_each_parallel(fresh.size(), context_.jobs(), [&](std::size_t i) {
        return wanted(*fresh[i], "integrity") ? check_integrity(*fresh[i]) : Status();
    }));
    std::vector<TestedPackage*> sound;
    for (TestedPackage* subject : readable_)
        if (!subject->failed("integrity"))
            sound.push_back(subject);
    for (TestedPackage* subject : fresh)
        if (subject->package && wanted(*subject, "installability"))
            pool.check_installability(*subject);
    bool any = std::any_of(fresh.begin(), fresh.end(), [&](TestedPackage* each) { return wanted(*each, "conflicts"); });
    if (!any || !base_.hindrance.empty())
        return {};
    std::vector<TestedPackage> copies; // findings of those that are remembered stay as they are
    for (TestedPackage* subject : sound)
        copies.push_back(*subject);
    std::vector<TestedPackage*> each;
    for (TestedPackage& copy : copies)
        each.push_back(&copy);
    ALBS_CHECK(check_conflicts(base_, each, options_.timeout));
    const std::set<const TestedPackage*> to_say(fresh.begin(), fresh.end());
    for (std::size_t i = 0; i < sound.size(); ++i)
        if (to_say.contains(sound[i]) && wanted(*sound[i], "conflicts"))
            sound[i]->findings = std::move(copies[i].findings);
    return {};
}

Result<std::vector<Lifecycle>> GroupRun::plan(PackagePool& pool, const std::vector<TestedPackage*>& fresh)
{
    ALBS_TRY(owners_, Owners::of(base_));
    std::vector<Lifecycle> lifecycles;
    for (TestedPackage* subject : fresh) {
        std::string reason = base_.hindrance;
        if (subject->failed("integrity"))
            reason = "the package is damaged";
        else if (subject->failed("installability"))
            reason = "requirements are missing";
        if (!reason.empty()) {
            for (const char* test : {"conflicts", "install", "linkage", "reinstall", "remove"})
                if (wanted(*subject, test) && !subject->has(test))
                    subject->skip(test, reason);
            continue;
        }
        Lifecycle lifecycle;
        lifecycle.base = &base_;
        lifecycle.owners = &owners_;
        lifecycle.subject = subject;
        lifecycle.timeout_s = options_.timeout;
        lifecycle.rules = &rules_;
        lifecycle.wanted = [this, subject](const char* test) { return wanted(*subject, test); };
        ALBS_TRY(lifecycle.companions, pool.companions(*subject));
        if (options_.keep)
            lifecycle.keep = workspace_.path() + "/roots/" + subject->label();
        lifecycles.push_back(std::move(lifecycle));
    }
    return lifecycles;
}

/// As test_names has them, those skipped by request among them.
void GroupRun::put_in_order(TestedPackage& subject) const
{
    std::vector<Finding> ordered;
    for (const char* test : test_names) {
        for (Finding& finding : subject.findings)
            if (finding.name == test)
                ordered.push_back(std::move(finding));
        if (auto reason = rules_.find(name_of(subject), test))
            ordered.push_back({test, "skip", *reason, ""});
    }
    for (const std::string& test : inspection_tests())
        for (Finding& finding : subject.findings)
            if (finding.name == test)
                ordered.push_back(std::move(finding));
    subject.findings = std::move(ordered);
}

Status GroupRun::run(std::vector<PackageSource>& sources, const std::vector<Suite>& suites)
{
    for (TestedPackage* subject : group_.subjects)
        if (subject->package)
            readable_.push_back(subject);
    for (PackageSource& source : sources)
        ALBS_CHECK(source.open(group_.arch));
    const Task& task = group_.subjects.front()->task;
    ALBS_TRY(base_, base_root_of(task, context_, workspace_, options_.offline));
    ALBS_TRY(PackagePool pool,
             PackagePool::make(task, base_, readable_, sources, fetcher_of(base_, workspace_, context_)));
    ALBS_CHECK(make_keys(pool, sources));
    std::vector<TestedPackage*> fresh = recall_known();
    if (!fresh.empty())
        ALBS_CHECK(examine_fresh(pool, fresh));
    SuiteStage stage{workspace_, base_, rules_, options_.timeout, common_};
    return run_suites(stage, pool, suites, group_.subjects);
}

Status GroupRun::try_upgrades(PackagePool& pool, const std::vector<TestedPackage*>& fresh)
{
    if (!base_.hindrance.empty() || (options_.repositories.empty() && base_.repositories.empty()))
        return {};
    ALBS_TRY(std::vector<SourceUpgrade> all,
             plan_upgrades(pool, base_, fresh, static_cast<std::size_t>(options_.releases)));
    for (SourceUpgrade& upgrade : all) {
        upgrade.timeout_s = options_.timeout;
        upgrade.wanted = [this](const TestedPackage& subject, const char* test) { return wanted(subject, test); };
    }
    return sys::for_each_parallel(all.size(), context_.jobs(), [&](std::size_t i) { return run_upgrades(all[i]); });
}

Status GroupRun::examine_fresh(PackagePool& pool, const std::vector<TestedPackage*>& fresh)
{
    ALBS_CHECK(check_together(pool, fresh));
    ALBS_CHECK(inspect_packages({.pool = &pool,
                                 .rules = &rules_,
                                 .checkers = &checkers_,
                                 .readable = readable_,
                                 .has_repositories = !options_.repositories.empty() || !base_.repositories.empty(),
                                 .base = &base_,
                                 .jobs = context_.jobs()},
                                fresh));
    ALBS_TRY(std::vector<Lifecycle> lifecycles, plan(pool, fresh));
    std::atomic<std::int64_t> done{0};
    ALBS_CHECK(sys::for_each_parallel(lifecycles.size(), context_.jobs(), [&](std::size_t i) {
        Status tried = run_lifecycle(lifecycles[i]);
        context_.messages.progress("trying packages", ++done, static_cast<std::int64_t>(lifecycles.size()));
        return tried;
    }));
    ALBS_CHECK(try_upgrades(pool, fresh));
    for (const Lifecycle& lifecycle : lifecycles)
        if (!lifecycle.keep.empty())
            context_.messages.note("files kept in '" + lifecycle.keep + "'");
    for (TestedPackage* subject : fresh) {
        skip_scripts(*subject, rules_, "not installed");
        put_in_order(*subject);
        ALBS_CHECK(remember(workspace_, keys_[subject], subject->findings));
    }
    return {};
}

} // namespace

Status examine(cli::Context& context, const store::Workspace& workspace, const Options& options, const SkipRules& rules,
               std::vector<TestedPackage>& subjects)
{
    ALBS_TRY(OtherCheckers checkers, OtherCheckers::make(options));
    std::vector<PackageSource> sources;
    for (const std::string& url : options.repositories) {
        ALBS_TRY(std::string cache, workspace.directory("dnf"));
        ALBS_TRY(PackageSource source, PackageSource::make(url, cache));
        sources.push_back(std::move(source));
    }
    std::vector<Suite> suites;
    for (const std::string& option : options.suites) {
        ALBS_TRY(std::string cache, workspace.directory("git"));
        ALBS_TRY(Suite suite, Suite::fetch(option, cache));
        suites.push_back(std::move(suite));
    }
    std::vector<Group> groups = groups_of(subjects);
    for (Group& group : groups)
        ALBS_CHECK(GroupRun(context, workspace, options, rules, checkers, group).run(sources, suites));
    return {};
}

} // namespace albs::test
