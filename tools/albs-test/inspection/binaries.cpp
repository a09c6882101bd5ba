// SPDX-License-Identifier: GPL-3.0-or-later
// ELF files: how they are loaded, and for which machine they are.
#include <algorithm>
#include <array>
#include <elf.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "subject.hpp"

namespace albs::test {
namespace {

using Type = rpm::ElfFile::Type;

bool is_loaded(const ElfEntry& entry)
{
    const bool runs = entry.elf.type == Type::executable || entry.elf.type == Type::shared;
    return runs && !is_debug_path(entry.path) && !entry.path.ends_with(".debug");
}

/// Programs for other machines than that of the package: firmware, what cross compilers and boot loaders bring.
bool may_be_foreign(std::string_view path)
{
    // /usr/arm-none-eabi/lib: the root of a cross compiler
    const std::string_view below_usr = path.starts_with("/usr/") ? path.substr(5, path.find('/', 5) - 5) : "";
    static constexpr std::array places = {"/firmware/", "/boot/", "/grub", "/bpf/",     "/qemu",
                                          "/efi/",      "/ipxe",  "/syslinux", "/gcc-cross/", "-linux-gnu/"};
    return below_usr.find('-') != below_usr.npos ||
           std::any_of(places.begin(), places.end(), [&](const char* place) { return path.find(place) != path.npos; });
}

std::vector<std::string> split_colons(const std::string& list)
{
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t end = std::min(list.find(':', start), list.size());
        parts.push_back(list.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

void inspect_run_path(const ElfEntry& entry, Faults& faults)
{
    for (const std::optional<std::string>& list : {entry.elf.rpath, entry.elf.runpath}) {
        if (!list)
            continue;
        faults.look_at("run-path");
        for (const std::string& part : split_colons(*list)) {
            const std::string what = format_text("'{}' looks for libraries in '{}'", entry.path, part);
            const bool is_fixed = part.starts_with("/usr/") || part.starts_with("/lib") || part.starts_with("/opt/") ||
                                  part.starts_with("$ORIGIN") || part.starts_with("${ORIGIN}");
            const bool is_of_build = part.starts_with("/usr/src/") || part.starts_with("/usr/local/") ||
                                     part.find("BUILDROOT") != part.npos || part.find("/../../../../../") != part.npos;
            if (!is_fixed || is_of_build)
                faults.add("unsafe-run-path", what);
            else if (part == "/usr/lib64" || part == "/lib64" || part == "/usr/lib" || part == "/lib")
                faults.add("useless-run-path", what + ", as all programs do");
        }
    }
}

bool is_privileged(const Subject& subject, const std::string& path)
{
    const rpm::File* file = subject.own->find(system_path(path));
    return subject.privileges.capabilities.contains(path) ||
           (file != nullptr && (file->mode & (S_ISUID | S_ISGID)) != 0);
}

} // namespace

void inspect_hardening(const Subject& subject, Faults& faults)
{
    for (const ElfEntry& entry : subject.contents.elves) {
        if (!is_loaded(entry) || may_be_foreign(entry.path))
            continue;
        faults.look_at("stack");
        if (entry.elf.has_executable_stack)
            faults.add("executable-stack", format_text("'{}' wants a stack that can be executed", entry.path));
        inspect_run_path(entry, faults);
        if (entry.elf.type == Type::executable) {
            faults.look_at("pie");
            const std::string what = format_text("'{}' is loaded at a fixed address", entry.path);
            if (is_privileged(subject, entry.path))
                faults.add("privileged-without-pie", what + ", with privileges");
            else
                faults.add("no-pie", what);
        } else if (!entry.elf.interpreter.empty()) {
            faults.look_at("pie");
        }
        if (!entry.elf.is_dynamic)
            continue;
        faults.look_at("relro");
        if (!entry.elf.has_relro)
            faults.add("no-relro", format_text("'{}' has relocations that stay writable", entry.path));
        faults.look_at("text-relocations");
        if (entry.elf.has_text_relocations)
            faults.add("text-relocations", format_text("'{}' writes to its own code when it is loaded", entry.path));
    }
}

namespace {

struct Machine {
    const char* arch;
    unsigned machine;
    int bits;
};
constexpr Machine machines[] = {{"x86_64", EM_X86_64, 64},   {"x86_64_v2", EM_X86_64, 64}, {"x86_64_v3", EM_X86_64, 64},
                                {"i686", EM_386, 32},        {"i386", EM_386, 32},         {"aarch64", EM_AARCH64, 64},
                                {"ppc64le", EM_PPC64, 64},   {"s390x", EM_S390, 64},       {"riscv64", EM_RISCV, 64},
                                {"armv7hl", EM_ARM, 32},     {"i586", EM_386, 32}};

} // namespace

void inspect_architecture(const Subject& subject, Faults& faults)
{
    const std::string arch = subject.package().info.arch;
    const auto* own =
        std::find_if(std::begin(machines), std::end(machines), [&](const Machine& one) { return one.arch == arch; });
    for (const ElfEntry& entry : subject.contents.elves) {
        if (may_be_foreign(entry.path) || entry.elf.type == Type::other || entry.elf.machine == EM_BPF)
            continue;
        faults.look_at("architecture");
        const bool is_noarch = arch == "noarch";
        if (is_noarch)
            faults.add("elf-in-noarch", format_text("'{}' is an ELF file", entry.path));
        else if (own != std::end(machines) && (entry.elf.machine != own->machine || entry.elf.bits != own->bits) &&
                 entry.elf.type != Type::relocatable)
            faults.add("foreign-elf", format_text("'{}' is for another machine ({} bits, number {} of the ELF "
                                                  "standard) than {}",
                                                  entry.path, entry.elf.bits, entry.elf.machine, arch));
        if (!is_noarch && entry.path.starts_with("/usr/share/") && is_loaded(entry))
            faults.add("elf-in-share", format_text("'{}' is an ELF file", entry.path));
    }
}

void inspect_build_paths(const Subject& subject, Faults& faults)
{
    if (!subject.package().files.empty())
        faults.look_at("build-paths");
    for (const std::string& path : subject.contents.naming_build_root)
        faults.add("build-root", format_text("'{}' names the build root", path));
    for (const std::string& path : subject.contents.naming_build_directory)
        // rpm does not rewrite the debug information of archives.
        if (!is_debug_path(path) && !path.ends_with(".a"))
            faults.add("build-directory", format_text("'{}' names the directory that it was built in", path));
}

} // namespace albs::test
