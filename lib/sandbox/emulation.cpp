// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/emulation.hpp"

#include <algorithm>
#include <sstream>
#include <sys/utsname.h>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

constexpr const char* kernel_list = "/proc/sys/fs/binfmt_misc";
/// Of binfmt.d(5), the first that has the file wins.
constexpr const char* directories[] = {"/etc/binfmt.d", "/run/binfmt.d", "/usr/local/lib/binfmt.d",
                                       "/usr/lib/binfmt.d"};

bool is_ix86(const std::string& arch)
{
    return arch.size() == 4 && arch[0] == 'i' && arch.substr(2) == "86";
}

/// rpm has names for what is the same to uname and qemu.
std::string family(const std::string& arch)
{
    if (arch.starts_with("x86_64"))
        return "x86_64";
    return is_ix86(arch) ? "i386" : arch == "armv7hl" ? "arm" : arch;
}

/// What the processors of a machine run as they are: the word for setarch(8), or nothing.
std::optional<std::string> native(const std::string& arch, const std::string& machine)
{
    if (arch.empty() || arch == "noarch" || family(arch) == family(machine))
        return is_ix86(arch) && arch != machine ? arch : "";
    if (is_ix86(arch) && machine == "x86_64")
        return arch;
    return std::nullopt;
}

/// The kernel has an emulator of that name, enabled for all and opened already.
bool is_registered(const std::string& root, const std::string& name)
{
    auto entry = sys::read_file(root + kernel_list + "/" + name);
    if (!entry || !entry->starts_with("enabled\n"))
        return false;
    std::size_t flags = entry->find("\nflags: ");
    return flags != entry->npos &&
           entry->substr(flags + 8, entry->find('\n', flags + 1) - flags - 8).find('F') != entry->npos;
}

std::optional<std::string> configured(const std::string& root, const std::string& name)
{
    for (const char* directory : directories)
        for (const char* ending : {".conf", "-static.conf"}) {
            auto text = sys::read_file(format_text("{}{}/{}{}", root, directory, name, ending));
            std::istringstream lines(text.value_or(""));
            for (std::string line; std::getline(lines, line);)
                if (auto handler = handler_in(line, name))
                    return handler;
        }
    return std::nullopt;
}

} // namespace

std::optional<std::string> handler_in(std::string_view line, std::string_view name)
{
    std::vector<std::string> fields;
    if (line.empty())
        return std::nullopt;
    for (std::size_t start = 1; start <= line.size();) {
        std::size_t end = std::min(line.find(line[0], start), line.size());
        fields.emplace_back(line.substr(start, end - start));
        start = end + 1;
    }
    // NAME, M or E, offset, magic, mask, interpreter, flags.
    if (fields.size() < 6 || (fields[0] != name && fields[0] != std::string(name) + "-static"))
        return std::nullopt;
    fields.resize(7);
    if (fields[6].find('F') == fields[6].npos)
        fields[6] += 'F';
    std::string handler;
    for (const std::string& field : fields)
        handler += line[0] + field;
    return handler;
}

std::vector<Step> Emulation::steps() const
{
    if (handler.empty())
        return {};
    return {{Step::What::emulators, kernel_list},
            {Step::What::write, std::string(kernel_list) + "/register", handler}};
}

Result<Emulation> emulation_of(const std::string& arch, const std::string& machine, const std::string& root)
{
    if (auto personality = native(arch, machine))
        return Emulation{.personality = *personality};
    std::string name = "qemu-" + family(arch);
    if (is_registered(root, name))
        return Emulation{.emulator = name};
    if (auto handler = configured(root, name))
        return Emulation{.emulator = name, .handler = *handler};
    return fail(Kind::environment,
                format_text("nothing on this machine ({}) runs programs of architecture '{}'", machine, arch),
                "install qemu-user-static, or build on a machine of that architecture");
}

Result<Emulation> emulation_of(const std::string& arch)
{
    struct utsname machine{};
    if (::uname(&machine) != 0)
        return sys::system_error("cannot ask for the name of", "the machine");
    return emulation_of(arch, machine.machine, "");
}

} // namespace albs::sandbox
