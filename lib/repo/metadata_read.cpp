// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "albs/manifest/nevra.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"
#include "repo/handles.hpp"
#include "repo/library.hpp"
#include "repo/metadata.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/module.hpp"

namespace albs::repo {
namespace {

constexpr std::size_t max_text = std::size_t{2} << 30; // bytes: what unpacks to more is no metadata

/// A location that stays inside: relative, no "..", no empty part.
bool stays_inside(std::string_view location)
{
    if (location.empty() || location.front() == '/' || location.find('\0') != std::string_view::npos)
        return false;
    while (!location.empty()) {
        std::size_t slash = location.find('/');
        std::string_view part = location.substr(0, slash);
        if (part.empty() || part == "..")
            return false;
        location = slash == std::string_view::npos ? std::string_view() : location.substr(slash + 1);
    }
    return true;
}

/// Called by C code, so nothing may be thrown through.
int take_package(cr_Package* raw, void* list, GError**) noexcept
{
    PackageHandle package(raw);
    try {
        static_cast<std::vector<ListedPackage>*>(list)->push_back(listed_of(*package));
        return CR_CB_RET_OK;
    } catch (...) {
        return CR_CB_RET_ERR;
    }
}

void quiet(const char*, GLogLevelFlags, const char*, void*)
{
    // said through our errors; the default prints on stderr
}

} // namespace

void initialize()
{
    // Both are once per process and never undone: other threads may be at work when main returns.
    static const bool done = [] {
        (void)g_log_set_handler("C_CREATEREPOLIB", static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK), quiet, nullptr);
        cr_xml_dump_init();
        cr_package_parser_init();
        return true;
    }();
    (void)done;
}

ListedPackage listed_of(const cr_Package& package)
{
    ListedPackage listed;
    listed.info.name = text_of(package.name);
    std::int64_t epoch = 0;
    std::string epoch_text = text_of(package.epoch);
    std::from_chars(epoch_text.data(), epoch_text.data() + epoch_text.size(), epoch);
    if (epoch != 0)
        listed.info.epoch = epoch;
    listed.info.version = text_of(package.version);
    listed.info.release = text_of(package.release);
    listed.info.arch = text_of(package.arch);
    listed.info.nevra = nevra_of(listed.info.name, listed.info.epoch, listed.info.version, listed.info.release,
                                 listed.info.arch);
    if (package.rpm_sourcerpm != nullptr && *package.rpm_sourcerpm != '\0')
        listed.info.sourcerpm = package.rpm_sourcerpm;
    listed.sha256 = text_of(package.pkgId);
    listed.size = package.size_package;
    listed.location = text_of(package.location_href);
    listed.build_time = package.time_build;
    return listed;
}

Result<Repomd> Library::read_repomd(const std::string& repository) const
{
    initialize();
    std::string path = repository + "/repodata/repomd.xml";
    if (!sys::exists(path))
        return fail(Kind::input, "'" + repository + "' is no repository: it has no repodata/repomd.xml");
    RepomdHandle handle(cr_repomd_new());
    Problem problem;
    if (cr_xml_parse_repomd(path.c_str(), handle.get(), nullptr, nullptr, &problem.error) != CRE_OK)
        return problem.as(Kind::input, "cannot parse", path);
    Repomd repomd;
    std::string revision = text_of(handle->revision);
    auto [end, code] = std::from_chars(revision.data(), revision.data() + revision.size(), repomd.revision);
    if (code != std::errc() || end != revision.data() + revision.size())
        repomd.revision = 0;
    for (GSList* at = handle->records; at != nullptr; at = at->next) {
        const auto* record = static_cast<const cr_RepomdRecord*>(at->data);
        repomd.files.push_back({text_of(record->type), text_of(record->location_href), text_of(record->checksum_type),
                                text_of(record->checksum), record->size});
    }
    return repomd;
}

Status Library::check_metadata(const std::string& repository, const Repomd& repomd) const
{
    for (const MetadataFile& file : repomd.files) {
        if (!stays_inside(file.location))
            return fail(Kind::trust, format_text("repomd.xml of '{}' lists '{}', which is outside the repository",
                                                 repository, file.location));
        std::string path = repository + "/" + file.location;
        auto algorithm = parse_algorithm(file.algorithm);
        if (!algorithm || *algorithm == Algorithm::md5 || *algorithm == Algorithm::sha1)
            return fail(Kind::trust,
                        format_text("'{}' is listed with a {} digest, which proves nothing", path, file.algorithm));
        if (!sys::exists(path))
            return fail(Kind::trust, "'" + path + "' is listed in repomd.xml and is not there");
        ALBS_TRY(std::string digest, sys::digest_file(path, *algorithm));
        if (digest != file.digest)
            return fail(Kind::trust, "'" + path + "' was changed: repomd.xml lists another digest");
    }
    return {};
}

Result<std::string> Library::read_metadata_text(const std::string& path) const
{
    initialize();
    Problem problem;
    // createrepo_c knows plain files as XML and text; libmagic calls a long JSON neither, so what has no known
    // compression is plain.
    cr_CompressionType compression = cr_detect_compression(path.c_str(), &problem.error);
    if (problem.error != nullptr)
        return problem.as(Kind::input, "cannot read", path);
    if (compression == CR_CW_UNKNOWN_COMPRESSION)
        compression = CR_CW_NO_COMPRESSION;
    CR_FILE* file = cr_open(path.c_str(), CR_CW_MODE_READ, compression, &problem.error);
    if (file == nullptr)
        return problem.as(Kind::input, "cannot read", path);
    std::string text;
    std::vector<char> buffer(std::size_t{1} << 16);
    int got = 0;
    while ((got = cr_read(file, buffer.data(), static_cast<unsigned>(buffer.size()), &problem.error)) > 0 &&
           text.size() < max_text)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    Problem closing;
    (void)cr_close(file, &closing.error);
    if (got != 0)
        return problem.error != nullptr ? problem.as(Kind::input, "cannot read", path)
                                        : fail(Kind::input, "'" + path + "' is too long");
    return text;
}

Result<std::vector<ListedPackage>> Library::read_packages(const std::string& repository, const Repomd& repomd) const
{
    initialize();
    const MetadataFile* primary = repomd.find("primary");
    if (primary == nullptr)
        return fail(Kind::input, "'" + repository + "' lists no primary metadata");
    std::string path = repository + "/" + primary->location;
    std::vector<ListedPackage> packages;
    Problem problem;
    if (cr_xml_parse_primary(path.c_str(), nullptr, nullptr, take_package, &packages, nullptr, nullptr, 0,
                             &problem.error) != CRE_OK)
        return problem.as(Kind::input, "cannot parse", path);
    for (const ListedPackage& package : packages)
        if (!stays_inside(package.location))
            return fail(Kind::trust, format_text("'{}' lists a package at '{}', which is outside the repository",
                                                 repository, package.location));
    std::sort(packages.begin(), packages.end(),
              [](const ListedPackage& a, const ListedPackage& b) { return a.location < b.location; });
    return packages;
}

} // namespace albs::repo

ALBS_DRIVER(repo)
