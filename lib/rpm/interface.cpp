// SPDX-License-Identifier: GPL-3.0-or-later
// What of a package a build can see that has it in its root.
#include <algorithm>
#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <set>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/payload_reader.hpp"
#include "rpm/region.hpp"
#include "rpm/shared_library.hpp"

namespace albs::rpm {
namespace {

/// Larger libraries count by their contents.
constexpr std::int64_t max_library = std::int64_t{512} << 20;

constexpr rpmTagVal scripts[] = {RPMTAG_PREIN,
                                 RPMTAG_POSTIN,
                                 RPMTAG_PREINPROG,
                                 RPMTAG_POSTINPROG,
                                 RPMTAG_PRETRANS,
                                 RPMTAG_POSTTRANS,
                                 RPMTAG_PRETRANSPROG,
                                 RPMTAG_POSTTRANSPROG,
                                 RPMTAG_TRIGGERSCRIPTS,
                                 RPMTAG_TRIGGERNAME,
                                 RPMTAG_FILETRIGGERSCRIPTS,
                                 RPMTAG_FILETRIGGERNAME,
                                 RPMTAG_TRIGGERVERSION,
                                 RPMTAG_TRIGGERSCRIPTPROG,
                                 RPMTAG_TRANSFILETRIGGERSCRIPTS,
                                 RPMTAG_TRANSFILETRIGGERNAME};

/// Documentation, and what only debuggers read.
bool is_read_by_people(const File& file)
{
    if ((file.flags & (RPMFILE_DOC | RPMFILE_LICENSE | RPMFILE_README)) != 0)
        return true;
    for (const char* place : {"/usr/share/doc/", "/usr/share/man/", "/usr/share/info/", "/usr/share/licenses/",
                              "/usr/share/locale/", "/usr/lib/.build-id", "/usr/lib/debug/", "/usr/src/debug/"})
        if (file.path.starts_with(place))
            return true;
    return false;
}

/// By its name and kind it may be a shared library.
bool may_be_library(const File& file)
{
    return file.path.find(".so") != file.path.npos && !file.digest.empty() && file.size <= max_library &&
           !is_read_by_people(file);
}

void add_dependencies(std::vector<std::string>& lines, const char* what, const std::vector<Dependency>& list,
                      const RpmInfo& info)
{
    const std::string version =
        (info.epoch ? std::to_string(*info.epoch) + ":" : std::string()) + std::string(info.version);
    const std::string whole = format_text("{}-{}", version, info.release);
    for (Dependency one : list) {
        // A rebuild has another release, which its packages name of each other.
        if (one.version == whole)
            one.version = version;
        lines.push_back(format_text("{} {}", what, one.text()));
    }
}

/// One line for each shared library among the wanted, which is taken from them; what is none stays.
Status add_libraries(std::vector<std::string>& lines, const OpenPackage& package, Header header,
                     std::set<std::string>& wanted)
{
    return read_payload(package, header, [&](std::string_view path, const FileReader& file) -> Status {
        auto found = wanted.find(std::string(path));
        if (found == wanted.end())
            return {};
        std::string content;
        while (true) {
            ALBS_TRY(std::string_view piece, file.next());
            if (piece.empty())
                break;
            content += piece;
        }
        std::optional<SharedLibrary> library = read_shared_library(content);
        if (!library)
            return {};
        std::string symbols;
        for (const std::string& symbol : library->symbols)
            symbols += symbol + "\n";
        lines.push_back(format_text("library {} {} {}", *found, library->soname, sha256(symbols).hex()));
        wanted.erase(found);
        return {};
    });
}

} // namespace

Result<std::vector<std::string>> Library::read_interface(const std::string& path) const
{
    ALBS_TRY(Package package, read_package(path));
    ALBS_TRY(OpenPackage opened, open_package(path));
    ALBS_TRY(HeaderHandle header, main_header(opened));
    const RpmInfo& info = package.info;
    std::vector<std::string> lines = {
        format_text("package {} {}:{} {}", info.name, info.epoch.value_or(0), info.version, info.arch)};
    add_dependencies(lines, "provides", package.provides, info);
    add_dependencies(lines, "requires", package.needs, info);
    add_dependencies(lines, "conflicts", package.conflicts, info);
    add_dependencies(lines, "obsoletes", package.obsoletes, info);
    for (rpmTagVal tag : scripts)
        if (std::string text = tag_values(header.get(), tag); !text.empty())
            lines.push_back(format_text("script {} {}", rpmTagGetName(tag), sha256(text).hex()));
    std::set<std::string> libraries;
    for (const File& file : package.files)
        if (may_be_library(file))
            libraries.insert(file.path);
    if (!libraries.empty()) {
        std::set<std::string> others = libraries;
        ALBS_CHECK(add_libraries(lines, opened, header.get(), others));
        for (const std::string& other : others)
            libraries.erase(other);
    }
    for (const File& file : package.files)
        if (!is_read_by_people(file))
            lines.push_back(format_text("file {} {:o} {} {} {} {}", file.path, file.mode, file.user, file.group,
                                        file.link_to.empty() ? "-" : file.link_to,
                                        libraries.count(file.path) != 0 ? "library" : file.digest));
    std::sort(lines.begin(), lines.end());
    return lines;
}

} // namespace albs::rpm
