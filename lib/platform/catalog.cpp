// SPDX-License-Identifier: GPL-3.0-or-later
// The choice, and what the kit adds of its own for a backend: macros that make builds come out the same everywhere,
// and stand-ins for what a foreign host's rpm lacks.
#include "platform/catalog.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::platform {
namespace {

/// rpm is without redhat-rpm-config and its likes here.
bool lacks_vendor_macros()
{
    return !sys::exists("/usr/lib/rpm/redhat/macros");
}

bool makes_debuginfo()
{
    for (const char* needed : {"/usr/bin/find-debuginfo", "/usr/bin/eu-strip", "/usr/bin/cpio"})
        if (!sys::exists(needed))
            return false;
    return true;
}

void add_macros(Macros& macros, const Definition& definition)
{
    for (const auto& [name, body] : definition.macros)
        set_macro(macros, name, body);
}

} // namespace

bool same_name(const std::string& a, const std::string& b)
{
    auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char left, char right) { return lower(left) == lower(right); });
}

const Definition* Catalog::find(const std::string& name, bool is_platform) const
{
    // Ours come last, so the first of the last file is asked for from behind, and ours after all.
    const Definition* found = nullptr;
    for (const Definition& definition : definitions_)
        if (definition.is_platform == is_platform && same_name(definition.name, name) &&
            (found == nullptr || !definition.is_ours))
            found = &definition;
    return found;
}

Result<Platform> Catalog::platform(const std::string& name, const std::string& backend, bool has_lock) const
{
    if (const Definition* definition = find(name, true))
        return make(*definition, backend, has_lock);
    std::vector<std::string> names = known_;
    for (const Definition& definition : definitions_)
        if (definition.is_platform && !definition.is_ours)
            names.push_back(definition.name);
    std::string list;
    for (const std::string& one : names)
        list += (list.empty() ? "'" : ", '") + one + "'";
    return fail(Kind::usage, "there is no platform '" + name + "'", "known platforms: " + list);
}

Result<Definition> Catalog::flavor(const std::string& name) const
{
    if (const Definition* definition = find(name, false))
        return *definition;
    std::string list;
    for (const Definition& definition : definitions_)
        if (!definition.is_platform)
            list += (list.empty() ? "'" : ", '") + definition.name + "'";
    return fail(Kind::usage, "there is no flavor '" + name + "'", "known flavors: " + list);
}

Result<Platform> Catalog::make(const Definition& definition, const std::string& backend, bool has_lock) const
{
    Platform platform;
    platform.definition_ = definition;
    if (definition.arches.empty())
        platform.definition_.arches = {machine_arch(), "noarch"};
    if (definition.timeout_s == 0)
        platform.definition_.timeout_s = 43200;
    bool has_root = has_lock || !definition.repositories.empty();
    platform.backend_ = !backend.empty() ? backend : has_root ? "chroot" : "host";
    if (platform.backend_ != "host" && !(platform.backend_ == "chroot" && has_lock) && definition.repositories.empty())
        return fail(Kind::usage, format_text("platform '{}' has no repositories to make a root for backend '{}' of",
                                             definition.name, platform.backend_));
    ALBS_TRY(Definition everywhere, flavor("deterministic"));
    ALBS_TRY(Definition here, flavor("this-machine"));
    add_macros(platform.here_macros_, everywhere);
    add_macros(platform.here_macros_, here);
    platform.is_guest_ = lacks_vendor_macros();
    if (platform.is_guest_) {
        ALBS_TRY(Definition vendor, flavor("without-vendor-macros"));
        add_macros(platform.here_macros_, vendor);
        if (makes_debuginfo()) {
            ALBS_TRY(Definition debuginfo, flavor("debuginfo"));
            add_macros(platform.here_macros_, debuginfo);
        }
    }
    if (platform.backend_ == "host")
        platform.root_macros_ = platform.here_macros_;
    else if (platform.backend_ == "chroot")
        add_macros(platform.root_macros_, everywhere);
    return platform;
}

} // namespace albs::platform
