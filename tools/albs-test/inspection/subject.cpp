// SPDX-License-Identifier: GPL-3.0-or-later
#include "subject.hpp"

#include <array>
#include <sys/stat.h>

#include "base/text.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

/// How many links may lead to one another, as in the kernel.
constexpr int max_links = 40;

/// Directories that every system has, and where it makes files by itself.
bool is_of_system(std::string_view path)
{
    static constexpr std::array places = {"/proc", "/sys", "/dev", "/run", "/var/run", "/etc/alternatives", "/tmp"};
    for (std::string_view place : places)
        if (path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/'))
            return true;
    static constexpr std::array directories = {
        "/",          "/usr",         "/usr/bin",     "/usr/sbin",      "/usr/lib",       "/usr/lib64",   "/usr/share",
        "/etc",       "/var",         "/var/lib",     "/var/log",       "/var/cache",     "/var/tmp",     "/var/spool",
        "/opt",       "/srv",         "/usr/libexec", "/usr/include",   "/usr/share/doc", "/usr/src",     "/home",
        "/usr/local", "/boot",        "/mnt",         "/usr/share/man", "/root"};
    for (std::string_view directory : directories)
        if (path == directory)
            return true;
    return false;
}

/// Follows the first link on the way to path: what it leads to instead, or nothing.
std::optional<std::string> followed(const std::string& path, const std::vector<const Neighbour*>& where)
{
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        for (const Neighbour* neighbour : where)
            if (const rpm::File* file = neighbour->find(part); file != nullptr && S_ISLNK(file->mode)) {
                const std::string target = plain_path(file->link_to, sys::directory_name(file->path));
                return system_path(end == path.npos ? target : target + path.substr(end));
            }
        if (end == path.npos)
            return std::nullopt;
    }
}

bool has_any(const std::vector<const Neighbour*>& where, const std::string& path)
{
    for (const Neighbour* neighbour : where)
        if (neighbour->has(path))
            return true;
    return false;
}

} // namespace

std::string plain_path(std::string_view path, std::string_view directory)
{
    std::string whole = path.starts_with('/') ? std::string(path) : std::string(directory) + "/" + std::string(path);
    std::vector<std::string> parts;
    for (std::size_t start = 0; start < whole.size();) {
        std::size_t end = std::min(whole.find('/', start), whole.size());
        std::string part = whole.substr(start, end - start);
        start = end + 1;
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (!part.empty() && part != "." && part != "..")
            parts.push_back(std::move(part));
    }
    return "/" + join(parts, "/");
}

Holder Subject::holder_of(std::string_view wanted) const
{
    std::string path = system_path(plain_path(wanted));
    std::vector<const Neighbour*> where = {own};
    where.insert(where.end(), required.begin(), required.end());
    for (int i = 0; i < max_links; ++i) {
        if (own->has(path) && (own->find(path) == nullptr || !S_ISLNK(own->find(path)->mode)))
            return Holder::package;
        std::optional<std::string> next = followed(path, where);
        if (!next)
            break;
        path = *std::move(next);
    }
    if (is_of_system(path))
        return Holder::system;
    if (has_any(required, path))
        return Holder::required;
    if (!is_on_machine && base_has && base_has(path))
        return Holder::system;
    struct stat status {};
    if (is_on_machine && path.starts_with("/usr/") && ::stat(path.c_str(), &status) == 0)
        return Holder::system;
    return has_any(siblings, path) ? Holder::sibling : Holder::nobody;
}

bool Subject::has_program(std::string_view program) const
{
    if (program.starts_with('/')) {
        if (holder_of(program) != Holder::nobody)
            return true;
        // One directory in newer systems.
        const std::string path = system_path(program);
        for (const auto& [from, to] : {std::pair("/usr/sbin/", "/usr/bin/"), std::pair("/usr/bin/", "/usr/sbin/")})
            if (path.starts_with(from) &&
                holder_of(std::string(to) + path.substr(std::string_view(from).size())) != Holder::nobody)
                return true;
        return false;
    }
    for (const char* directory : {"/usr/bin/", "/usr/sbin/", "/usr/games/"})
        if (holder_of(std::string(directory) + std::string(program)) != Holder::nobody)
            return true;
    return false;
}

const Library* Subject::library(const std::string& soname, int bits) const
{
    auto found_in = [&](const Neighbour& neighbour) -> const Library* {
        auto [first, last] = neighbour.libraries().equal_range(soname);
        for (auto one = first; one != last; ++one)
            if (one->second.elf.bits == bits)
                return &one->second;
        return nullptr;
    };
    if (const Library* library = found_in(*own))
        return library;
    for (const std::vector<const Neighbour*>* list : {&required, &siblings})
        for (const Neighbour* neighbour : *list)
            if (const Library* library = found_in(*neighbour))
                return library;
    return is_on_machine ? neighbours->machine_library(soname, bits) : nullptr;
}

bool is_debug_path(std::string_view path)
{
    return path.starts_with("/usr/lib/debug/") || path.starts_with("/usr/lib/.build-id/") ||
           path.starts_with("/usr/src/debug/");
}

bool is_debug_package(const rpm::Package& package)
{
    const std::string name = package.info.name;
    return name.ends_with("-debuginfo") || name.ends_with("-debugsource");
}

} // namespace albs::test
