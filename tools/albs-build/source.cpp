// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/library.hpp"
#include "source.hpp"
#include "base/format.hpp"

#include <algorithm>

namespace albs::build {
namespace {

/// The names under which a spec may list an architecture.
std::vector<std::string> names_of(const std::string& arch)
{
    if (arch.size() == 4 && arch[0] == 'i' && arch.substr(2) == "86")
        return {"i386", "i486", "i586", "i686", "%{ix86}"};
    if (arch == "x86_64_v2")
        return {"x86_64_v2", "x86_64"};
    return {arch};
}

} // namespace

Result<SourcePackage> read_source(const PlannedTask& planned, const Manifest& manifest, const store::Store& store)
{
    const std::string subject = "source '" + planned.source.id + "'";
    if (manifest.artifact(planned.source.srpm) == nullptr)
        return fail(Kind::input, subject + " names an artifact that the manifest lacks: " + planned.source.srpm);
    auto path = store.path(planned.source.srpm);
    if (!path)
        return fail(std::move(path).error(), subject);
    auto package = rpm::library().read_package(*path);
    if (!package)
        return fail(std::move(package).error(), subject);
    if (package->info.arch != "src" || package->info.name != planned.source.name)
        return fail(Kind::trust, format_text("{} is said to be the source package of '{}', but is {}", subject,
                                             planned.source.name, package->info.nevra));
    return SourcePackage{*std::move(path), *std::move(package)};
}

std::string not_for(const rpm::Package& package, const std::string& arch)
{
    std::vector<std::string> names = names_of(arch);
    auto listed = [&](const std::vector<std::string>& list) {
        return std::any_of(list.begin(), list.end(), [&](const std::string& one) {
            return std::find(names.begin(), names.end(), one) != names.end();
        });
    };
    if (listed(package.excluded_arches))
        return "ExcludeArch names " + arch;
    if (!package.exclusive_arches.empty() && !listed(package.exclusive_arches))
        return "ExclusiveArch does not name " + arch;
    return "";
}

std::vector<std::string> build_needs(const rpm::Package& package)
{
    std::vector<std::string> needs;
    for (const rpm::Dependency& need : package.needs)
        if (!need.name.starts_with("rpmlib("))
            needs.push_back(need.text());
    return needs;
}

} // namespace albs::build
