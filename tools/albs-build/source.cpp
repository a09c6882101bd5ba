// SPDX-License-Identifier: GPL-3.0-or-later
#include "source.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "sys/fd.hpp"

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

Result<SourcePackage> stored_package(const store::Store& store, const std::string& sha256)
{
    SourcePackage stored;
    ALBS_TRY(stored.path, store.path(sha256));
    ALBS_TRY(stored.package, rpm::library().read_package(stored.path));
    const RpmInfo& info = stored.package.info;
    if (info.arch != "src")
        return fail(Kind::input, format_text("{} is no source package", info.nevra));
    struct stat status {};
    if (::stat(stored.path.c_str(), &status) != 0)
        return sys::system_error("cannot read", stored.path);
    stored.artifact = {.sha256 = sha256,
                       .size = status.st_size,
                       .name = rpm::source_file_name(stored.package),
                       .kind = "srpm",
                       .rpm = info,
                       .unsigned_sha256 = {}};
    return stored;
}

SpecReading reading_of(const rpm::Package& package)
{
    SpecReading spec{{}, package.excluded_arches, package.exclusive_arches};
    for (const rpm::Dependency& need : package.needs)
        if (!need.name.starts_with("rpmlib("))
            spec.needs.push_back(need.text());
    return spec;
}

std::string not_for(const SpecReading& spec, const std::string& arch)
{
    std::vector<std::string> names = names_of(arch);
    auto listed = [&](const std::vector<std::string>& list) {
        return std::any_of(list.begin(), list.end(), [&](const std::string& one) {
            return std::find(names.begin(), names.end(), one) != names.end();
        });
    };
    if (listed(spec.excluded_arches))
        return "ExcludeArch names " + arch;
    if (!spec.exclusive_arches.empty() && !listed(spec.exclusive_arches))
        return "ExclusiveArch does not name " + arch;
    return "";
}

} // namespace albs::build
