// SPDX-License-Identifier: GPL-3.0-or-later
// What of a package a build can see that has it in its root.
#include <algorithm>
#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <set>

#include <rpm/rpmarchive.h> // after rpmfi.h, which it does not include

#include "base/digest.hpp"
#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/region.hpp"
#include "rpm/shared_library.hpp"

namespace albs::rpm {
namespace {

using Files = std::unique_ptr<std::remove_pointer_t<rpmfiles>, Releaser<rpmfilesFree>>;
using Archive = std::unique_ptr<std::remove_pointer_t<rpmfi>, Releaser<rpmfiFree>>;

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

/// A payload that is read from its first file on.
struct Payload {
    Files files;
    Stream stream;
    Archive archive;
};

Result<Payload> open_payload(const OpenPackage& package, Header header)
{
    const std::string compressor = tag_text(header, RPMTAG_PAYLOADCOMPRESSOR);
    const std::string mode = format_text("r.{}", compressor.empty() ? "gzip" : compressor);
    Payload payload;
    payload.stream.reset(Fopen(package.path.c_str(), "r.ufdio"));
    if (!payload.stream || Fseek(payload.stream.get(), package.layout.payload, SEEK_SET) < 0)
        return sys::system_error("cannot read", package.path);
    payload.stream.reset(Fdopen(payload.stream.release(), mode.c_str()));
    if (!payload.stream)
        return fail(Kind::environment,
                    format_text("cannot read the payload of '{}': rpm cannot decompress {}", package.path, compressor));
    payload.files.reset(rpmfilesNew(nullptr, header, 0, RPMFI_KEEPHEADER));
    payload.archive.reset(rpmfiNewArchiveReader(payload.stream.get(), payload.files.get(), RPMFI_ITER_READ_ARCHIVE));
    if (!payload.archive)
        return fail(Kind::input, "'" + package.path + "' is damaged: its payload cannot be read");
    return payload;
}

/// One line for each shared library among the wanted, which is taken from them; what is none stays.
Status add_libraries(std::vector<std::string>& lines, const OpenPackage& package, Header header,
                     std::set<std::string>& wanted)
{
    ALBS_TRY(Payload payload, open_payload(package, header));
    rpmfi archive = payload.archive.get();
    int at = rpmfiNext(archive);
    for (; at >= 0; at = rpmfiNext(archive)) {
        const char* name = rpmfiFN(archive);
        auto found = wanted.find(name == nullptr ? "" : name);
        if (found == wanted.end() || rpmfiArchiveHasContent(archive) == 0)
            continue;
        std::string content(rpmfiFSize(archive), '\0');
        if (rpmfiArchiveRead(archive, content.data(), content.size()) != static_cast<ssize_t>(content.size()))
            return fail(Kind::input, format_text("'{}' is damaged: '{}' cannot be read", package.path, *found));
        std::optional<SharedLibrary> library = read_shared_library(content);
        if (!library)
            continue;
        std::string symbols;
        for (const std::string& symbol : library->symbols)
            symbols += symbol + "\n";
        lines.push_back(format_text("library {} {} {}", *found, library->soname, sha256(symbols).hex()));
        wanted.erase(found);
    }
    if (at != RPMERR_ITER_END)
        return fail(Kind::input, "'" + package.path + "' is damaged: its payload cannot be read to its end");
    return {};
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
