// SPDX-License-Identifier: GPL-3.0-or-later
#include "bystanders.hpp"

#include <sys/stat.h>

#include "base/format.hpp"
#include "rpm/library.hpp"

namespace albs::test {
namespace {

constexpr std::uint32_t config = 1U << 0; ///< RPMFILE_CONFIG
constexpr std::uint32_t ghost = 1U << 6;  ///< RPMFILE_GHOST

/// As the root has it, where /bin and the like are links into /usr.
std::string merged(const std::string& path)
{
    for (const char* top : {"/bin/", "/sbin/", "/lib/", "/lib64/"})
        if (path.starts_with(top))
            return "/usr" + path;
    return path;
}

} // namespace

Result<Owners> Owners::of(const BaseRoot& base)
{
    Owners owners;
    owners.is_known_ = !base.is_machine;
    for (const std::string& file : base.files) {
        ALBS_TRY(rpm::Package package, rpm::library().read_package(file));
        for (const rpm::File& one : package.files)
            if ((one.flags & (config | ghost)) == 0 && !S_ISDIR(one.mode))
                owners.owners_.emplace(merged(one.path), std::string(package.info.name));
    }
    return owners;
}

std::string Owners::owner(const std::string& path) const
{
    auto found = owners_.find(merged(path));
    return found == owners_.end() ? "" : found->second;
}

std::string harm_to_others(const BaseChanges& before, const BaseChanges& after, const Owners& owners,
                           const std::string& own)
{
    for (const std::string& path : after.gone) {
        if (before.gone.contains(path))
            continue;
        const std::string owner = owners.owner(path);
        if (!owner.empty() && owner != own)
            return format_text("'{}' of {} is gone", path, owner);
        if (!owners.is_known() && path.starts_with("/usr/"))
            return format_text("'{}', which was there before, is gone", path);
    }
    for (const std::string& path : after.changed) {
        if (before.changed.contains(path))
            continue;
        const std::string owner = owners.owner(path);
        if (!owner.empty() && owner != own)
            return format_text("'{}' of {} was changed", path, owner);
    }
    return "";
}

} // namespace albs::test
