// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifecycle.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "bystanders.hpp"
#include "check_scripts.hpp"
#include "filesystem_directories.hpp"
#include "finisher.hpp"
#include "linkage.hpp"
#include "root.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

PackageFile file_of(const TestedPackage& subject)
{
    return {subject.path, subject.file_name()};
}

/// NAME-VERSION-RELEASE.ARCH: rpm's command line takes no epoch before the version.
std::string installed_name(const TestedPackage& subject)
{
    const RpmInfo& info = subject.package->info;
    return format_text("{}-{}-{}.{}", info.name, info.version, info.release, info.arch);
}

std::vector<std::string> directories_of(const TestedPackage& subject)
{
    std::vector<std::string> list;
    for (const rpm::File& file : subject.package->files)
        list.push_back(sys::directory_name(file.path));
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

bool brings_libraries(const TestedPackage& subject)
{
    const std::vector<rpm::File>& files = subject.package->files;
    return std::any_of(files.begin(), files.end(),
                       [](const rpm::File& file) { return file.path.find(".so") != file.path.npos; });
}

std::string listed(const std::vector<std::string>& paths)
{
    std::string text;
    for (const std::string& path : paths)
        text += path + "\n";
    return text;
}

/// Requirements are the solver's business ("installability"); here the database knows only what was put into it.
constexpr const char* without_requirements = "--nodeps";

Result<Step> install_companions(Root& root, const Lifecycle& lifecycle)
{
    if (lifecycle.companions.empty())
        return Step{.ok = true, .reason = {}, .log = {}};
    ALBS_TRY(Step step, root.rpm({"-U", without_requirements}, lifecycle.companions));
    if (!step.ok)
        step.reason = "packages that it requires do not install: " + step.reason;
    else
        ALBS_CHECK(root.refresh_libraries());
    return step;
}

/// rpm -U of the package and rpm -V of what is installed then: the end of install, reinstall and upgrade. False if one
/// of them failed.
Result<bool> install_verified(Root& root, const TestedPackage& subject, Finisher& finding,
                              const std::vector<std::string>& options = {}, const Owners* owners = nullptr)
{
    BaseChanges before;
    if (owners != nullptr) {
        ALBS_TRY(before, root.base_changes());
    }
    std::vector<std::string> words = {"-U", without_requirements};
    words.insert(words.end(), options.begin(), options.end());
    ALBS_TRY(Step step, root.rpm(words, {file_of(subject)}));
    if (!finding.add(step))
        return false;
    ALBS_TRY(Step checked, root.verify(installed_name(subject)));
    if (!finding.add(checked))
        return false;
    if (owners != nullptr) {
        ALBS_TRY(const BaseChanges after, root.base_changes());
        if (std::string harm = harm_to_others(before, after, *owners, subject.package->info.name); !harm.empty()) {
            finding.fail(harm);
            return false;
        }
    }
    finding.pass();
    return true;
}

/// One that the root has already takes its place, be it older, newer or of the very same name.
std::vector<std::string> options_of_install(const Lifecycle& lifecycle)
{
    if (lifecycle.base->has(lifecycle.subject->package->info.name))
        return {"--replacepkgs", "--oldpackage"};
    return {};
}

Result<bool> install(Root& root, const Lifecycle& lifecycle)
{
    Finisher finding(*lifecycle.subject, "install");
    return install_verified(root, *lifecycle.subject, finding, options_of_install(lifecycle), lifecycle.owners);
}

Status reinstall(Root& root, const Lifecycle& lifecycle)
{
    Finisher finding(*lifecycle.subject, "reinstall");
    ALBS_CHECK(install_verified(root, *lifecycle.subject, finding, {"--replacepkgs"}));
    return {};
}

Status remove(Root& root, const Lifecycle& lifecycle, const std::set<std::string>& before)
{
    if (lifecycle.base->has(lifecycle.subject->package->info.name)) {
        lifecycle.subject->skip("remove", "the platform's root does not work without it");
        return {};
    }
    Finisher finding(*lifecycle.subject, "remove");
    ALBS_TRY(Step step, root.rpm({"-e", without_requirements, "--allmatches", installed_name(*lifecycle.subject)}, {}));
    if (!finding.add(step))
        return {};
    if (brings_libraries(*lifecycle.subject))
        ALBS_CHECK(root.refresh_libraries());
    ALBS_TRY(std::set<std::string> after, root.paths());
    std::vector<std::string> stayed;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(stayed));
    Leftovers left = sort_leftovers(stayed, *lifecycle.subject->package);
    if (!left.parents.empty())
        finding.note("directories above its files, which no package here owns:\n" + listed(left.parents));
    if (!left.state.empty())
        finding.note("left behind, as settings and data of its use may be:\n" + listed(left.state));
    if (left.waste.empty()) {
        finding.pass();
        return {};
    }
    finding.note("left behind, and nobody owns it:\n" + listed(left.waste));
    std::string more =
        left.waste.size() > 1 ? " (and " + std::to_string(left.waste.size() - 1) + " more)" : std::string();
    finding.fail("leaves '" + left.waste.front() + "' behind" + more);
    return {};
}

/// What builds on an installed package.
void skip_rest(const Lifecycle& lifecycle, const std::string& reason)
{
    for (const char* test : {"linkage", "reinstall", "remove"})
        if (lifecycle.wanted(test))
            lifecycle.subject->skip(test, reason);
}

} // namespace

Leftovers sort_leftovers(const std::vector<std::string>& paths, const rpm::Package& package)
{
    std::set<std::string> parents;
    for (const rpm::File& file : package.files)
        for (std::string each = sys::directory_name(file.path); each.size() > 1; each = sys::directory_name(each))
            parents.insert(each);
    for (const rpm::File& file : package.files)
        parents.erase(file.path);
    static constexpr std::array may_stay = {"/etc/", "/var/", "/run/", "/tmp/", "/home/", "/root/", "/srv/", "/mnt/"};
    Leftovers left;
    for (const std::string& path : paths) {
        if (is_filesystem_directory(path))
            continue;
        bool state =
            std::any_of(may_stay.begin(), may_stay.end(), [&](const char* where) { return path.starts_with(where); });
        (parents.contains(path) ? left.parents : state ? left.state : left.waste).push_back(path);
    }
    return left;
}

Status run_lifecycle(const Lifecycle& lifecycle)
{
    if (!lifecycle.wanted("install")) {
        skip_rest(lifecycle, "needs the test install, which is skipped");
        return {};
    }
    ALBS_TRY(Root root, Root::make(*lifecycle.base, directories_of(*lifecycle.subject), lifecycle.timeout_s));
    ALBS_TRY(Step ready, install_companions(root, lifecycle));
    if (!ready.ok) {
        lifecycle.subject->fail("install", ready.reason, ready.log);
        skip_rest(lifecycle, "not installed");
        return {};
    }
    // What scriptlets of companions leave is not this package's.
    ALBS_TRY(std::set<std::string> before, root.paths());
    ALBS_TRY(bool installed, install(root, lifecycle));
    if (!installed) {
        skip_rest(lifecycle, "not installed");
        return lifecycle.keep.empty() ? Status() : root.save(lifecycle.keep);
    }
    if (brings_libraries(*lifecycle.subject))
        ALBS_CHECK(root.refresh_libraries());
    if (lifecycle.wanted("linkage"))
        ALBS_CHECK(check_linkage(root, *lifecycle.subject));
    ALBS_CHECK(check_scripts(root, *lifecycle.subject, *lifecycle.rules));
    if (lifecycle.wanted("reinstall"))
        ALBS_CHECK(reinstall(root, lifecycle));
    if (!lifecycle.keep.empty())
        ALBS_CHECK(root.save(lifecycle.keep));
    if (lifecycle.wanted("remove"))
        ALBS_CHECK(remove(root, lifecycle, before));
    return {};
}

} // namespace albs::test
