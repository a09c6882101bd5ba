// SPDX-License-Identifier: GPL-3.0-or-later
// Where files are (FHS 3.0), and what they are called.
#include <algorithm>
#include <array>
#include <set>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/visible.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

/// "usr" of "/usr/lib/x" for number 0, "lib" for 1; empty: no such part.
std::string_view part(std::string_view path, int number)
{
    for (std::size_t start = 1; start <= path.size(); --number) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (number == 0)
            return path.substr(start, end - start);
        start = end + 1;
    }
    return "";
}

bool is_known_top(std::string_view name)
{
    // /proc, /home and the like are the business of the test integrity.
    static constexpr std::array names = {"bin",  "boot", "dev", "etc",  "home", "lib", "lib64", "media", "mnt", "opt",
                                         "proc", "root", "run", "sbin", "srv",  "sys", "tmp",   "usr",   "var", "afs"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_known_in_usr(std::string_view name)
{
    static constexpr std::array names = {"bin",   "games", "include", "lib",   "lib64", "lib32", "libx32", "libexec",
                                         "local", "sbin",  "share",   "src",   "tmp",   ".dwz"};
    // /usr/x86_64-w64-mingw32, /usr/aarch64-linux-gnu: roots of cross compilers
    return name.empty() || name.find('-') != name.npos || std::find(names.begin(), names.end(), name) != names.end();
}

bool is_leftover(const std::string& path)
{
    const std::string name = sys::base_name(path);
    static constexpr std::array endings = {"~", ".orig", ".rej", ".swp"};
    static constexpr std::array names = {".git", ".svn", ".hg", "CVS", ".DS_Store", ".gitattributes", ".bzr"};
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); }) ||
           std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

void inspect_paths(const Subject& subject, Faults& faults)
{
    std::set<std::string, std::less<>> told;
    for (const rpm::File& file : subject.package().files) {
        faults.look_at("paths");
        const std::string& path = file.path;
        const std::string_view top = part(path, 0);
        const std::string_view next = part(path, 1);
        if (!is_known_top(top)) {
            if (told.emplace(top).second)
                faults.add("foreign-path", format_text("'{}' is in /{}, which no system has", path, top));
        } else if (top == "usr" && !is_known_in_usr(next) && told.emplace("usr/" + std::string(next)).second) {
            faults.add("unusual-path", format_text("'{}' is in /usr/{}, which no system has", path, next));
        }
        const bool is_volatile = (top == "run" && !next.empty()) || path.starts_with("/var/run/") ||
                                 path.starts_with("/var/lock/");
        if (is_volatile && !S_ISLNK(file.mode) && (file.flags & ghost_flag) == 0)
            faults.add("volatile-path", format_text("'{}' is gone after the next start of the system", path));
        if (is_leftover(path))
            faults.add("leftover", format_text("'{}' is left by an editor, patch or version control", path));
        if (!is_visible(path))
            faults.add("odd-name",
                       format_text("'{}' has characters in its name that nobody sees, or is no UTF-8", path));
    }
}

void inspect_links(const Subject& subject, Faults& faults)
{
    for (const rpm::File& file : subject.package().files) {
        if (!S_ISLNK(file.mode) || (file.flags & ghost_flag) != 0 || is_debug_path(file.path))
            continue;
        faults.look_at("links");
        const std::string& target = file.link_to;
        const std::string what = format_text("'{}' leads to '{}'", file.path, target);
        if (target.find("/BUILDROOT/") != target.npos || target.find("/rpmbuild/") != target.npos ||
            target.starts_with("/builddir/")) {
            faults.add("build-link", what + ", where it was built");
            continue;
        }
        const std::string place = plain_path(target, sys::directory_name(file.path));
        if (target.starts_with('/') && part(target, 0) == part(file.path, 0) && part(target, 0) == "usr")
            faults.add("absolute-link", what + ", which is no relative path");
        const Holder holder = subject.holder_of(place);
        // Settings, and what programs make when they run, need not be there.
        const bool may_come = place.starts_with("/etc/") || place.starts_with("/var/");
        if (holder == Holder::nobody && subject.knows_required && !may_come)
            faults.add("dangling-link", what + ", which nothing at hand has");
        else if (holder == Holder::sibling && subject.knows_required)
            faults.add("sibling-link", what + ", which is in a package that it does not require");
    }
}

} // namespace albs::test
