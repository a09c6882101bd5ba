// SPDX-License-Identifier: GPL-3.0-or-later
// What the header says of files: who may do what with them, and whose they are.
#include <algorithm>
#include <array>
#include <sys/stat.h>

#include "base/format.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

bool is_in(std::string_view path, std::string_view directory)
{
    return path.starts_with(directory);
}

bool is_program_directory(const std::string& directory)
{
    return directory == "/usr/bin" || directory == "/usr/sbin" || directory == "/usr/games";
}

bool is_data_by_name(std::string_view path)
{
    static constexpr std::array endings = {".h",       ".hpp",    ".conf",  ".html",   ".png", ".svg",
                                           ".desktop", ".service", ".timer", ".socket", ".target", ".xml", ".gz"};
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

void inspect_mode(const rpm::File& file, Faults& faults)
{
    const std::string path = system_path(file.path);
    const std::string quoted = "'" + file.path + "'";
    const std::uint32_t bits = file.mode & 07777U;
    if ((bits & S_IWOTH) != 0 && !(S_ISDIR(file.mode) && (bits & S_ISVTX) != 0))
        faults.add("world-writable", format_text("everybody may write {} (mode {:04o})", quoted, bits));
    if (S_ISDIR(file.mode)) {
        if ((bits & 0111U) == 0)
            faults.add("closed-directory", format_text("nobody may enter {} (mode {:04o})", quoted, bits));
        return;
    }
    if (!S_ISREG(file.mode))
        return;
    if (is_program_directory(sys::directory_name(path)) && (bits & 0111U) == 0)
        faults.add("not-executable", format_text("nobody may execute {} (mode {:04o})", quoted, bits));
    if ((bits & 0111U) != 0 && is_data_by_name(path) && !is_in(path, "/usr/bin/") && !is_in(path, "/usr/sbin/") &&
        (file.flags & document_flag) == 0)
        faults.add("executable-data", format_text("{} is no program and may be executed (mode {:04o})", quoted, bits));
    if ((bits & 0044U) == 0 && (is_in(path, "/usr/share/") || is_in(path, "/usr/include/")))
        faults.add("unreadable", format_text("only its owner may read {} (mode {:04o})", quoted, bits));
}

bool is_ghost(const rpm::File& file)
{
    return (file.flags & ghost_flag) != 0;
}

} // namespace

void inspect_modes(const Subject& subject, Faults& faults)
{
    for (const rpm::File& file : subject.package().files)
        if (!S_ISLNK(file.mode) && !is_ghost(file)) {
            faults.look_at("modes");
            inspect_mode(file, faults);
        }
}

void inspect_privileges(const Subject& subject, Faults& faults)
{
    for (const rpm::File& file : subject.package().files) {
        if (!S_ISREG(file.mode) || (file.mode & (S_ISUID | S_ISGID)) == 0 || is_ghost(file))
            continue;
        faults.look_at("setuid");
        const bool as_owner = (file.mode & S_ISUID) != 0;
        const std::string what = format_text("'{}' runs as {} {} (mode {:04o})", file.path, as_owner ? "user" : "group",
                                             as_owner ? file.user : file.group, file.mode & 07777U);
        if (subject.previous == nullptr) {
            faults.add("setuid", what);
            continue;
        }
        const rpm::File* before = subject.previous->find(system_path(file.path));
        const std::uint32_t bits = S_ISUID | S_ISGID;
        if (before == nullptr || ((file.mode & bits) & ~before->mode) != 0)
            faults.add("new-setuid", what + format_text(", and did not in {}", subject.previous->package().info.nevra));
    }
    for (const auto& [path, capabilities] : subject.privileges.capabilities) {
        if (capabilities == "=")
            continue;
        faults.look_at("capabilities");
        const std::string what = format_text("'{}' has the capabilities {}", path, capabilities);
        if (subject.previous == nullptr) {
            faults.add("capabilities", what);
            continue;
        }
        auto before = subject.previous_privileges.capabilities.find(path);
        if (before == subject.previous_privileges.capabilities.end() || before->second != capabilities)
            faults.add("new-capabilities",
                       what + format_text(", and not in {}", subject.previous->package().info.nevra));
    }
}

namespace {

/// Of the packages setup, systemd and filesystem, which every root has.
bool is_base_name(const std::string& name)
{
    static constexpr std::array names = {
        "root",    "bin",      "daemon", "sys",    "adm",   "tty",             "disk",            "lp",
        "mem",     "kmem",     "wheel",  "cdrom",  "mail",  "man",             "dialout",         "floppy",
        "games",   "utmp",     "tape",   "video",  "ftp",   "lock",            "audio",           "users",
        "nobody",  "input",    "sgx",    "kvm",    "sync",  "render",          "systemd-journal", "systemd-network",
        "polkitd", "shutdown", "halt",   "dbus",   "utempter", "operator",     "systemd-resolve", "systemd-coredump",
        "ssh_keys", "slocate", "clock",  "staff"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool makes(const rpm::Package& package, const std::string& kind, const std::string& name)
{
    const std::string wanted = kind + "(" + name + ")";
    return std::any_of(package.provides.begin(), package.provides.end(),
                       [&](const rpm::Dependency& one) { return one.name == wanted; });
}

bool is_made(const Subject& subject, const std::string& kind, const std::string& name)
{
    if (is_base_name(name) || makes(subject.package(), kind, name))
        return true;
    for (const std::vector<const Neighbour*>* list : {&subject.required, &subject.siblings})
        for (const Neighbour* neighbour : *list)
            if (makes(neighbour->package(), kind, name))
                return true;
    // useradd in a scriptlet
    return std::any_of(subject.privileges.scripts.begin(), subject.privileges.scripts.end(),
                       [&](const rpm::Script& script) { return script.text.find(name) != script.text.npos; });
}

bool is_of_build(const std::string& name)
{
    return name.empty() || name == "mockbuild" || name == "mock" || name == "builder" ||
           std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_system_program(const rpm::File& file)
{
    const std::string path = system_path(file.path);
    static constexpr std::array places = {"/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/lib64/"};
    const bool runs = (file.mode & 0111U) != 0 || path.find(".so") != path.npos;
    return S_ISREG(file.mode) && runs && std::any_of(places.begin(), places.end(), [&](const char* place) {
               return path.starts_with(place);
           });
}

} // namespace

void inspect_owners(const Subject& subject, Faults& faults)
{
    std::vector<std::string> told;
    for (const rpm::File& file : subject.package().files) {
        faults.look_at("owners");
        for (const auto& [kind, name] : {std::pair("user", file.user), std::pair("group", file.group)}) {
            const std::string whole = kind + (" " + name);
            if (is_of_build(name))
                faults.add("build-user", format_text("'{}' belongs to the {} '{}'", file.path, kind, name));
            else if (!is_made(subject, kind, name) && std::find(told.begin(), told.end(), whole) == told.end()) {
                told.push_back(whole);
                faults.add("unknown-owner",
                           format_text("'{}' belongs to the {} '{}', which nothing makes", file.path, kind, name));
            }
        }
        if (file.user != "root" && is_system_program(file))
            faults.add("owned-program", format_text("'{}' belongs to the user '{}'", file.path, file.user));
    }
}

} // namespace albs::test
