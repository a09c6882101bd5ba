// SPDX-License-Identifier: GPL-3.0-or-later
// Shared libraries: what they are called, what they offer, and what is asked of them.
#include <algorithm>
#include <array>
#include <set>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

using Type = rpm::ElfFile::Type;

bool is_loader_directory(const std::string& directory)
{
    return directory == "/usr/lib64" || directory == "/usr/lib";
}

bool provides(const rpm::Package& package, const std::string& name)
{
    return std::any_of(package.provides.begin(), package.provides.end(),
                       [&](const rpm::Dependency& one) { return one.name == name; });
}

void inspect_library(const Subject& subject, const ElfEntry& entry, Faults& faults)
{
    const std::string path = system_path(entry.path);
    const std::string directory = sys::directory_name(path);
    const std::string name = sys::base_name(path);
    const rpm::ElfFile& elf = entry.elf;
    if (elf.soname.empty()) {
        if (name.find(".so.") != name.npos && name.starts_with("lib"))
            faults.add("no-soname", format_text("'{}' has no soname", entry.path));
        return;
    }
    if (name != elf.soname && !subject.own->has(directory + "/" + elf.soname))
        faults.add("no-soname-link", format_text("'{}' is asked for as '{}', and no file there is called so",
                                                 entry.path, elf.soname));
    const std::string wanted = elf.soname + (elf.bits == 64 ? "()(64bit)" : "");
    if (!provides(subject.package(), wanted))
        faults.add("soname-not-provided", format_text("'{}' is there, and '{}' not provided", entry.path, wanted));
}

bool is_for_development(const rpm::Package& package)
{
    const std::string name = package.info.name;
    return name.ends_with("-devel") || name.ends_with("-static") || name.find("-devel-") != name.npos;
}

/// libx.so beside libx.so.1, which it leads to.
void inspect_development_link(const Subject& subject, const rpm::File& file, Faults& faults)
{
    const std::string name = sys::base_name(file.path);
    const std::string target = sys::base_name(file.link_to);
    if (S_ISLNK(file.mode) && name.starts_with("lib") && name.ends_with(".so") && target.starts_with(name + ".") &&
        is_loader_directory(sys::directory_name(system_path(file.path))) && !is_for_development(subject.package()))
        faults.add("development-link", format_text("'{}' is what compilers use", file.path));
}

} // namespace

void inspect_sonames(const Subject& subject, Faults& faults)
{
    for (const ElfEntry& entry : subject.contents.elves) {
        const std::string path = system_path(entry.path);
        if (entry.elf.type != Type::shared || !is_loader_directory(sys::directory_name(path)) ||
            path.find(".so") == path.npos || is_debug_path(path))
            continue;
        faults.look_at("sonames");
        inspect_library(subject, entry, faults);
        const bool is_wide = path.starts_with("/usr/lib64/");
        if (is_wide != (entry.elf.bits == 64) && subject.package().info.arch != "noarch")
            faults.add("library-directory",
                       format_text("'{}' has {} bits and is in the directory of others", entry.path, entry.elf.bits));
    }
    for (const rpm::File& file : subject.package().files)
        inspect_development_link(subject, file, faults);
}

namespace {

/// The libraries that the loader takes for a file, itself first. Nothing if one of them is not at hand.
std::optional<std::vector<const rpm::ElfFile*>> closure(const Subject& subject, const rpm::ElfFile& elf)
{
    std::vector<const rpm::ElfFile*> list = {&elf};
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i)
        for (const std::string& soname : list[i]->needed) {
            if (!seen.insert(soname).second)
                continue;
            const Library* library = subject.library(soname, elf.bits);
            if (library == nullptr || library->elf.exported.empty())
                return std::nullopt;
            list.push_back(&library->elf);
        }
    return list;
}

bool exports(const rpm::ElfFile& elf, const rpm::ElfSymbol& symbol)
{
    return std::binary_search(elf.exported.begin(), elf.exported.end(), symbol.text());
}

/// Only libraries in the directories of the loader: others are loaded by a program, and may use what it exports.
bool is_judged(const ElfEntry& entry)
{
    if (!entry.is_whole || is_debug_path(entry.path) || entry.elf.undefined.empty())
        return false;
    if (entry.elf.type == Type::executable || !entry.elf.interpreter.empty())
        return entry.elf.is_dynamic;
    return entry.elf.type == Type::shared && !entry.elf.soname.empty() && !entry.elf.needed.empty() &&
           is_loader_directory(sys::directory_name(system_path(entry.path)));
}

} // namespace

void inspect_symbols(const Subject& subject, Faults& faults)
{
    for (const ElfEntry& entry : subject.contents.elves) {
        if (!is_judged(entry))
            continue;
        std::optional<std::vector<const rpm::ElfFile*>> libraries = closure(subject, entry.elf);
        if (!libraries) {
            faults.skip("symbols", "libraries that it needs are not at hand");
            continue;
        }
        faults.look_at("symbols");
        std::vector<std::string> lost;
        for (const rpm::ElfSymbol& symbol : entry.elf.undefined)
            if (std::none_of(libraries->begin(), libraries->end(),
                             [&](const rpm::ElfFile* library) { return exports(*library, symbol); }))
                lost.push_back(symbol.text());
        if (lost.empty())
            continue;
        const std::size_t more = lost.size() - 1;
        const std::string what = format_text("'{}' uses '{}'{}, which none of its libraries exports", entry.path,
                                             lost.front(), more > 0 ? format_text(" and {} more", more) : "");
        if (entry.elf.interpreter.empty())
            faults.add("undefined-in-library", what);
        else
            faults.add("undefined-symbol", what);
    }
}

} // namespace albs::test
