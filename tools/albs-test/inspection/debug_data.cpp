// SPDX-License-Identifier: GPL-3.0-or-later
// Debug information: where it is, and whether it belongs to the programs and libraries.
#include <algorithm>
#include <map>
#include <sys/stat.h>

#include "base/format.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

using Type = rpm::ElfFile::Type;
constexpr std::string_view debug_top = "/usr/lib/debug";
constexpr std::string_view links_top = "/usr/lib/.build-id/";
constexpr std::string_view debug_links_top = "/usr/lib/debug/.build-id/";

/// "/usr/lib64/libx.so.1-1.2-3.x86_64.debug" in the debuginfo of x-1.2-3: the library "/usr/lib64/libx.so.1".
std::string program_of(const std::string& path, const rpm::Package& package)
{
    const RpmInfo& info = package.info;
    std::string name = path.substr(debug_top.size());
    const std::string unique = format_text("-{}-{}.{}.debug", info.version, info.release, info.arch);
    for (const std::string& ending : {unique, std::string(".debug")})
        if (name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return "";
}

const ElfEntry* find_elf(const Contents& contents, const std::string& path)
{
    for (const ElfEntry& entry : contents.elves)
        if (system_path(entry.path) == system_path(path))
            return &entry;
    return nullptr;
}

/// A link is called after the build ID of what it leads to: XX/YYYY…, or that and ".debug".
void inspect_build_id_link(const Subject& subject, const rpm::File& file, Faults& faults)
{
    for (std::string_view top : {links_top, debug_links_top}) {
        if (!file.path.starts_with(top))
            continue;
        std::string name = file.path.substr(top.size());
        name.erase(std::remove(name.begin(), name.end(), '/'), name.end());
        name = name.substr(0, name.find('.'));
        const ElfEntry* entry =
            find_elf(subject.contents, plain_path(file.link_to, sys::directory_name(file.path)));
        faults.look_at("debug-data");
        if (entry != nullptr && entry->elf.build_id != name)
            faults.add("wrong-build-id-link",
                       format_text("'{}' leads to '{}', whose build ID is '{}'", file.path, entry->path,
                                   entry->elf.build_id));
    }
}

void inspect_debug_file(const Subject& subject, const ElfEntry& entry, Faults& faults)
{
    faults.look_at("debug-data");
    if (!entry.elf.has_debug_info && entry.is_whole)
        faults.add("empty-debuginfo", format_text("'{}' has no debug information", entry.path));
    const std::string program = program_of(entry.path, subject.package());
    for (const Neighbour* sibling : subject.siblings) {
        if (sibling->package().info.sourcerpm != subject.package().info.sourcerpm ||
            sibling->package().info.arch != subject.package().info.arch || !sibling->has(system_path(program)))
            continue;
        const std::map<std::string, std::string>& ids = sibling->build_ids();
        auto id = ids.find(system_path(program));
        if (id != ids.end() && id->second != entry.elf.build_id)
            faults.add("foreign-debuginfo", format_text("'{}' is of the build '{}', '{}' of {} of '{}'", entry.path,
                                                        entry.elf.build_id, program, sibling->package().info.nevra,
                                                        id->second));
    }
}

bool is_program_or_library(const ElfEntry& entry)
{
    return (entry.elf.type == Type::executable || entry.elf.type == Type::shared) && !entry.path.ends_with(".debug") &&
           !entry.path.ends_with(".ko") && entry.is_whole;
}

} // namespace

void inspect_debug_data(const Subject& subject, Faults& faults)
{
    for (const rpm::File& file : subject.package().files)
        if (S_ISLNK(file.mode))
            inspect_build_id_link(subject, file, faults);
    for (const ElfEntry& entry : subject.contents.elves) {
        if (entry.path.starts_with(debug_top)) {
            if (entry.path.ends_with(".debug"))
                inspect_debug_file(subject, entry, faults);
            continue;
        }
        if (!is_program_or_library(entry))
            continue;
        faults.look_at("debug-data");
        if (entry.elf.has_debug_info)
            faults.add("not-stripped", format_text("'{}' has debug information in it", entry.path));
        if (entry.elf.build_id.empty() && entry.elf.is_dynamic)
            faults.add("no-build-id", format_text("'{}' has no build ID", entry.path));
    }
}

} // namespace albs::test
