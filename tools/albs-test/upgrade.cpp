// SPDX-License-Identifier: GPL-3.0-or-later
#include "upgrade.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.hpp"
#include "finisher.hpp"
#include "repositories/fill_pool.hpp"
#include "root.hpp"
#include "rpm/library.hpp"
#include "user_changes.hpp"

namespace albs::test {
namespace {

const std::vector<std::string> upgrade_words = {"-U", "--nodeps"};
/// What the base root has of these names gives way to them, newer or not.
const std::vector<std::string> downgrade_words = {"-U", "--nodeps", "--oldpackage", "--replacepkgs"};

/// NAME-VERSION-RELEASE.ARCH: rpm's command line takes no epoch before the version.
std::string installed_name(const rpm::Package& package)
{
    const RpmInfo& info = package.info;
    return format_text("{}-{}-{}.{}", info.name, info.version, info.release, info.arch);
}

std::string listed(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

class UpgradeRun {
public:
    UpgradeRun(const SourceUpgrade& work, const SourceUpgrade::Step& step) : work_(work), step_(step) {}
    /// False when it ended before there was a result.
    Result<bool> run();

private:
    std::vector<TestedPackage*> subjects_of(bool taking_part, const char* test) const;
    Result<bool> prepare(Root& root, Finisher& finding);
    Result<bool> upgrade(Root& root, Finisher& finding);
    Status downgrade(Root& root);
    std::string told(const std::string& reason) const { return format_text("from {}: {}", step_.from.name, reason); }

    const SourceUpgrade& work_;
    const SourceUpgrade::Step& step_;
    std::vector<rpm::Package> old_;
    std::vector<UserChange> settings_;
};

/// Those that an upgrade brings, or the others, as far as the test is wanted and has no result yet.
std::vector<TestedPackage*> UpgradeRun::subjects_of(bool taking_part, const char* test) const
{
    const std::set<std::string> built(step_.upgrade.built.begin(), step_.upgrade.built.end());
    std::vector<TestedPackage*> list;
    for (TestedPackage* subject : work_.subjects)
        if (built.contains(subject->artifact.sha256) == taking_part && work_.wanted(*subject, test) &&
            !subject->has(test))
            list.push_back(subject);
    return list;
}

/// The older release as a user has it, who has changed its settings.
Result<bool> UpgradeRun::prepare(Root& root, Finisher& finding)
{
    std::vector<PackageFile> all = step_.from.companions;
    all.insert(all.end(), step_.from.packages.begin(), step_.from.packages.end());
    ALBS_TRY(Step older, root.rpm(downgrade_words, all));
    if (!older.ok) {
        finding.skip(told("it does not install: " + older.reason));
        return false;
    }
    finding.note(older.log);
    ALBS_CHECK(root.refresh_libraries());
    for (const PackageFile& file : step_.from.packages) {
        ALBS_TRY(rpm::Package package, rpm::library().read_package(file.path));
        old_.push_back(std::move(package));
    }
    ALBS_TRY(settings_, change_settings(root, old_));
    return true;
}

Result<bool> UpgradeRun::upgrade(Root& root, Finisher& finding)
{
    ALBS_TRY(Step newer, root.rpm(upgrade_words, step_.upgrade.install));
    if (!newer.ok)
        newer.reason = told(newer.reason);
    if (!finding.add(newer))
        return false;
    if (!step_.upgrade.stays.empty())
        finding.note("stays installed, since nothing takes its place:\n" + listed(step_.upgrade.stays));
    ALBS_CHECK(root.refresh_libraries());
    for (const TestedPackage* subject : subjects_of(true, "upgrade")) {
        ALBS_TRY(Step checked, root.verify(installed_name(*subject->package)));
        if (!checked.ok)
            checked.reason = told(checked.reason);
        if (!finding.add(checked))
            return false;
    }
    ALBS_TRY(std::string lost, lost_setting(root, settings_));
    if (!lost.empty()) {
        finding.fail(told(lost));
        return false;
    }
    finding.pass();
    return true;
}

/// Back to where the user was. Not where packages were split or renamed: for that, dnf goes back by its history.
Status UpgradeRun::downgrade(Root& root)
{
    Finisher finding(subjects_of(true, "downgrade"), "downgrade");
    std::set<std::string> names;
    for (const rpm::Package& package : old_)
        names.insert(package.info.name);
    for (const TestedPackage* subject : work_.subjects)
        if (std::count(step_.upgrade.built.begin(), step_.upgrade.built.end(), subject->artifact.sha256.view()) != 0 &&
            !names.contains(subject->package->info.name)) {
            finding.skip(format_text("{} has no {}", step_.from.name, subject->package->info.name));
            return {};
        }
    ALBS_TRY(Step older, root.rpm(downgrade_words, step_.from.packages));
    if (!older.ok)
        older.reason = format_text("to {}: {}", step_.from.name, older.reason);
    if (!finding.add(older))
        return {};
    for (const rpm::Package& package : old_) {
        ALBS_TRY(Step checked, root.verify(installed_name(package)));
        if (!checked.ok)
            checked.reason = format_text("to {}: {}", step_.from.name, checked.reason);
        if (!finding.add(checked))
            return {};
    }
    finding.pass();
    return {};
}

std::vector<std::string> directories_of(const std::vector<TestedPackage*>& subjects)
{
    std::set<std::string> list;
    for (const TestedPackage* subject : subjects)
        for (const rpm::File& file : subject->package->files)
            list.insert(file.path.substr(0, file.path.rfind('/')));
    return {list.begin(), list.end()};
}

Result<bool> UpgradeRun::run()
{
    const std::vector<TestedPackage*> bystanders = subjects_of(false, "upgrade");
    const std::vector<TestedPackage*> subjects = subjects_of(true, "upgrade");
    Finisher finding(subjects.empty() ? bystanders : subjects, "upgrade");
    if (!step_.upgrade.problems.empty()) {
        finding.note(listed(step_.upgrade.problems));
        finding.fail(told("no upgrade: " + step_.upgrade.problems.front()));
        return false;
    }
    if (subjects.empty())
        return true; // nothing of it replaces what was there
    ALBS_TRY(Root root, Root::make(*work_.base, directories_of(work_.subjects), work_.timeout_s));
    ALBS_TRY(const bool ready, prepare(root, finding));
    if (!ready)
        return false;
    ALBS_TRY(const bool upgraded, upgrade(root, finding));
    if (upgraded)
        ALBS_CHECK(downgrade(root));
    return upgraded;
}

} // namespace

Result<std::vector<SourceUpgrade>> plan_upgrades(PackagePool& pool, const BaseRoot& base,
                                                 const std::vector<TestedPackage*>& subjects, std::size_t releases)
{
    std::map<std::pair<std::string, std::string>, SourceUpgrade> by_source;
    for (TestedPackage* subject : subjects) {
        if (!subject->package || subject->failed("integrity") || subject->failed("installability") ||
            !subject->package->info.sourcerpm)
            continue;
        const std::string source = repositories::source_name(*subject->package->info.sourcerpm);
        by_source[{subject->task.id, source}].subjects.push_back(subject);
    }
    std::vector<SourceUpgrade> all;
    for (auto& [task_and_source, upgrade] : by_source) {
        upgrade.base = &base;
        ALBS_TRY(std::vector<Release> older,
                 pool.releases(task_and_source.second, *upgrade.subjects.front(), releases));
        for (Release& release : older) {
            ALBS_TRY(Upgrade result, pool.upgrade(release));
            upgrade.steps.push_back({std::move(release), std::move(result)});
        }
        all.push_back(std::move(upgrade));
    }
    return all;
}

Status run_upgrades(const SourceUpgrade& work)
{
    auto skip_rest = [&](const std::string& reason) {
        for (TestedPackage* subject : work.subjects)
            for (const char* test : {"upgrade", "downgrade"})
                if (work.wanted(*subject, test) && !subject->has(test))
                    subject->skip(test, reason);
    };
    if (work.steps.empty()) {
        skip_rest("no repository has an older version");
        return {};
    }
    // Of several releases each must do; the last finding of a package tells of all that came before.
    for (const SourceUpgrade::Step& step : work.steps) {
        std::vector<std::pair<TestedPackage*, std::vector<Finding>>> before;
        for (TestedPackage* subject : work.subjects) {
            before.emplace_back(subject, subject->findings);
            std::erase_if(subject->findings, [](const Finding& finding) {
                return (finding.name == "upgrade" || finding.name == "downgrade") && finding.status != "fail";
            });
        }
        ALBS_TRY([[maybe_unused]] const bool done, UpgradeRun(work, step).run());
        for (auto& [subject, findings] : before)
            for (Finding& finding : findings)
                if (!subject->has(finding.name))
                    subject->findings.push_back(std::move(finding));
    }
    skip_rest("no older release has it");
    return {};
}

} // namespace albs::test
