// SPDX-License-Identifier: GPL-3.0-or-later
// Platforms out of YAML, in the AlmaLinux Build System's own schema.
#include <algorithm>
#include <yaml-cpp/yaml.h>

#include "platform/definitions.hpp"
#include "platform/platform.hpp"
#include "sys/file.hpp"

namespace albs::platform {
namespace {

using Macros = std::vector<std::pair<std::string, std::string>>;

void set_macro(Macros& macros, const std::string& name, const std::string& body)
{
    auto known = std::find_if(macros.begin(), macros.end(), [&](const auto& macro) { return macro.first == name; });
    if (known != macros.end())
        known->second = body;
    else
        macros.emplace_back(name, body);
}

/// data.definitions (names without "%") and data.mock.macros (names with it) of a platform or a flavor.
void add_macros(Macros& macros, const YAML::Node& data)
{
    for (const auto& entry : data["definitions"])
        set_macro(macros, "%" + entry.first.as<std::string>(), entry.second.as<std::string>());
    for (const auto& entry : data["mock"]["macros"])
        set_macro(macros, entry.first.as<std::string>(), entry.second.as<std::string>());
}

/// The entry of that name in a list of platforms or flavors.
YAML::Node named(const YAML::Node& list, const std::string& name)
{
    for (const YAML::Node& entry : list)
        if (entry["name"].as<std::string>() == name)
            return entry;
    return {};
}

/// yaml-cpp's exceptions end here.
template <class Work> auto guarded(const std::string& what, const Work& work) -> decltype(work())
{
    try {
        return work();
    } catch (const YAML::Exception& error) {
        return fail(Kind::input, "cannot read " + what + ": " + error.what());
    }
}

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

} // namespace

Result<std::vector<std::string>> Platform::known()
{
    return guarded("the platforms", []() -> Result<std::vector<std::string>> {
        std::vector<std::string> names;
        for (const YAML::Node& entry : YAML::Load(own_platforms))
            names.push_back(entry["name"].as<std::string>());
        return names;
    });
}

Result<Platform> Platform::find(const std::string& name)
{
    ALBS_TRY(std::vector<std::string> names, known());
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        std::string list;
        for (const std::string& one : names)
            list += (list.empty() ? "'" : ", '") + one + "'";
        return fail(Kind::usage, "there is no platform '" + name + "'", "known platforms: " + list);
    }
    return guarded("platform '" + name + "'", [&]() -> Result<Platform> {
        YAML::Node entry = named(YAML::Load(own_platforms), name);
        Platform platform;
        platform.name_ = name;
        platform.arches_ = entry["arch_list"].as<std::vector<std::string>>();
        if (platform.arches_.empty())
            platform.arches_ = {machine_arch(), "noarch"};
        platform.timeout_ms_ = entry["data"]["timeout"].as<std::int64_t>() * 1000;
        add_macros(platform.macros_, entry["data"]);
        if (platform.backend_ == "host" && lacks_vendor_macros()) {
            YAML::Node flavors = YAML::Load(own_flavors);
            platform.is_guest_ = true;
            add_macros(platform.macros_, named(flavors, "without-vendor-macros")["data"]);
            if (makes_debuginfo())
                add_macros(platform.macros_, named(flavors, "debuginfo")["data"]);
        }
        return platform;
    });
}

} // namespace albs::platform
