// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/platform.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <yaml-cpp/yaml.h>

#include "platform/definitions.hpp"
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

/// Databases of installed packages, rpm's first.
constexpr const char* rpm_databases[] = {"/var/lib/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite",
                                         "/var/lib/rpm/Packages"};
constexpr const char* dpkg_database = "/var/lib/dpkg/status";

bool makes_debuginfo()
{
    for (const char* needed : {"/usr/bin/find-debuginfo", "/usr/bin/eu-strip", "/usr/bin/cpio"})
        if (!sys::exists(needed))
            return false;
    return true;
}

} // namespace

std::string machine_arch()
{
    struct utsname machine{};
    if (::uname(&machine) != 0)
        return "noarch";
    return machine.machine;
}

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

std::string Platform::macros() const
{
    std::string text;
    for (const auto& [name, body] : macros_) {
        text += name + " ";
        for (char letter : body)
            text += letter == '\n' ? "\\\n" : std::string(1, letter);
        text += "\n";
    }
    return text;
}

std::string Platform::rpmrc() const
{
    std::string text;
    if (is_guest_)
        for (const std::string& arch : arches_)
            text += "optflags: " + arch + " %{__global_compiler_flags}\n";
    return text;
}

std::vector<std::pair<std::string, std::string>> Platform::stand_ins() const
{
    std::vector<std::pair<std::string, std::string>> list;
    if (is_guest_ && sys::exists("/usr/bin/bash") && sys::exists("/usr/bin/sh"))
        list.emplace_back("/usr/bin/bash", "/usr/bin/sh");
    return list;
}

bool Platform::knows_packages() const
{
    return !is_guest_ && std::any_of(std::begin(rpm_databases), std::end(rpm_databases), sys::exists);
}

std::string Platform::toolchain() const
{
    std::vector<const char*> databases(std::begin(rpm_databases), std::end(rpm_databases));
    if (is_guest_)
        databases = {dpkg_database};
    std::string text;
    struct stat status{};
    for (const char* path : databases)
        if (::stat(path, &status) == 0)
            text += std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) + " " +
                    std::to_string(status.st_size) + "\n";
    return text;
}

} // namespace albs::platform
