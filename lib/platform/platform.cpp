// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/platform.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::platform {
namespace {

/// Databases of installed packages, rpm's first.
constexpr const char* rpm_databases[] = {"/var/lib/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite",
                                         "/var/lib/rpm/Packages"};
constexpr const char* dpkg_database = "/var/lib/dpkg/status";

} // namespace

std::string machine_arch()
{
    struct utsname machine {};
    if (::uname(&machine) != 0)
        return "noarch";
    return machine.machine;
}

std::string base_arch(const std::string& arch)
{
    return arch.size() == 4 && arch[0] == 'i' && arch.substr(2) == "86" ? "i386" : arch;
}

void set_macro(Macros& macros, const std::string& name, const std::string& body)
{
    auto known = std::find_if(macros.begin(), macros.end(), [&](const auto& macro) { return macro.first == name; });
    if (known != macros.end())
        known->second = body;
    else
        macros.emplace_back(name, body);
}

/// The definition's macros over those of the kit.
std::string Platform::macro_text(Macros macros) const
{
    for (const auto& [name, body] : definition_.macros)
        set_macro(macros, name, body);
    // Given to --define by ALBS, so they win.
    for (const auto& [name, body] : definition_.definitions)
        set_macro(macros, "%" + name, body);
    std::string text;
    for (const auto& [name, body] : macros) {
        text += name + " ";
        for (char letter : body)
            text += letter == '\n' ? "\\\n" : std::string(1, letter);
        text += "\n";
    }
    return text;
}

std::string Platform::macros() const
{
    return macro_text(root_macros_);
}

std::string Platform::macros_here() const
{
    return macro_text(here_macros_);
}

std::string Platform::rpmrc() const
{
    std::string text;
    if (is_guest_)
        for (const std::string& arch : definition_.arches)
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
    struct stat status {};
    for (const char* path : databases)
        if (::stat(path, &status) == 0)
            text += format_text("{}.{} {}\n", status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size);
    return text;
}

} // namespace albs::platform
