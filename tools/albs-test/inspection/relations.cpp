// SPDX-License-Identifier: GPL-3.0-or-later
// Dependencies: what they say of packages of the same build, and how they are written.
#include <algorithm>
#include <cctype>
#include <sys/stat.h>

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/unexpanded.hpp"
#include "subject.hpp"

namespace albs::test {
namespace {

constexpr std::uint32_t comparison_flags = 0x0eU; ///< RPMSENSE_LESS, GREATER, EQUAL
constexpr std::uint32_t equal_flag = 0x08U;

std::string evr_of(const RpmInfo& info)
{
    const std::string plain = format_text("{}-{}", info.version, info.release);
    return info.epoch ? format_text("{}:{}", *info.epoch, plain) : plain;
}

/// Obsoletes looks at names of packages, not at what they provide.
bool names_package(const rpm::Dependency& dependency, const rpm::Package& package)
{
    const rpm::Dependency self{package.info.name, equal_flag, evr_of(package.info)};
    return dependency.name == package.info.name && rpm::library().satisfies(self, dependency);
}

bool meets(const rpm::Dependency& dependency, const rpm::Package& package)
{
    return std::any_of(package.provides.begin(), package.provides.end(), [&](const rpm::Dependency& one) {
        return one.name == dependency.name && rpm::library().satisfies(one, dependency);
    });
}

bool obsoletes(const rpm::Package& one, const rpm::Package& other)
{
    return std::any_of(one.obsoletes.begin(), one.obsoletes.end(),
                       [&](const rpm::Dependency& each) { return names_package(each, other); });
}

/// Why a dependency is misspelt; empty if it is not.
std::string misspelling(const rpm::Dependency& dependency)
{
    const std::string& name = dependency.name;
    if (name.starts_with('(')) // rich: rpmbuild has read it
        return "";
    if (rpm::find_unexpanded("name", name) || rpm::find_unexpanded("version", dependency.version))
        return "has a macro that nobody expanded";
    if (name.find_first_of("<>=") != name.npos && name.find('(') == name.npos)
        return "has a comparison in its name: blanks are missing around it";
    if (name.ends_with(',') || name.ends_with(';') || dependency.version.ends_with(','))
        return "ends with a comma";
    const std::string& version = dependency.version;
    if (!version.empty() && version.find_first_of("0123456789") == version.npos && version.size() < 3)
        return "has no version after its comparison";
    if (!version.empty() && version.find_first_of(" <>=%") != version.npos)
        return "has a version that is none";
    return "";
}

bool is_of_build(const Subject& subject, const Neighbour& sibling)
{
    return sibling.package().info.sourcerpm == subject.package().info.sourcerpm;
}

void inspect_obsoletes(const Subject& subject, const rpm::Dependency& one, Faults& faults)
{
    if (names_package(one, subject.package()))
        faults.add("self-obsolete", format_text("'Obsoletes: {}' is true of the package itself", one.text()));
    if ((one.flags & comparison_flags) == 0)
        faults.add("unversioned-obsolete", format_text("'Obsoletes: {}' has no version", one.text()));
    for (const Neighbour* sibling : subject.siblings) {
        if (!names_package(one, sibling->package()) || sibling->package().info.name == subject.package().info.name)
            continue;
        if (obsoletes(sibling->package(), subject.package()))
            faults.add("obsolete-loop",
                       format_text("'Obsoletes: {}': it and {} obsolete each other", one.text(),
                                   sibling->package().info.nevra));
        else if (is_of_build(subject, *sibling))
            faults.add("obsoleted-sibling", format_text("'Obsoletes: {}' is true of {}, which is of the same build",
                                                        one.text(), sibling->package().info.nevra));
    }
}

void inspect_conflict(const Subject& subject, const rpm::Dependency& one, Faults& faults)
{
    // "Conflicts: x" with "Provides: x" means all others that provide it. What names the package does not.
    if (names_package(one, subject.package())) {
        faults.add("conflict-with-required", format_text("'Conflicts: {}' is true of the package itself", one.text()));
        return;
    }
    for (const rpm::Dependency& need : subject.package().needs) {
        const bool is_plain = need.name == one.name;
        if (is_plain && (one.version.empty() || need.version.empty() || rpm::library().satisfies(one, need)) &&
            !meets(need, subject.package())) {
            if (need.version.empty() && !one.version.empty())
                continue; // other versions are there to be had
            faults.add("conflict-with-required",
                       format_text("'Conflicts: {}' and 'Requires: {}' cannot both be", one.text(), need.text()));
            return;
        }
    }
}

} // namespace

void inspect_dependencies(const Subject& subject, Faults& faults)
{
    const rpm::Package& package = subject.package();
    faults.look_at("dependencies");
    const std::pair<const char*, const std::vector<rpm::Dependency>*> lists[] = {{"Requires", &package.needs},
                                                                                 {"Provides", &package.provides},
                                                                                 {"Conflicts", &package.conflicts},
                                                                                 {"Obsoletes", &package.obsoletes}};
    for (const auto& [tag, list] : lists)
        for (const rpm::Dependency& one : *list)
            if (const std::string fault = misspelling(one); !fault.empty())
                faults.add("malformed-dependency", format_text("'{}: {}' {}", tag, one.text(), fault));
    for (const rpm::Dependency& one : package.obsoletes)
        inspect_obsoletes(subject, one, faults);
    for (const rpm::Dependency& one : package.conflicts)
        inspect_conflict(subject, one, faults);
}

} // namespace albs::test
