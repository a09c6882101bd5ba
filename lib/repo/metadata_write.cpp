// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <optional>

#include "base/digest.hpp"
#include "repo/handles.hpp"
#include "repo/library.hpp"
#include "repo/metadata.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs::repo {
namespace {

constexpr int changelog_entries = 10; // as createrepo_c's default

/// What one package adds to the three files.
struct Chunks {
    std::array<std::string, 3> xml; ///< primary, filelists, other
    ListedPackage listed;
};

Result<Chunks> read_chunks(const std::string& repository, const std::string& location)
{
    std::string path = repository + "/" + location;
    Problem problem;
    PackageHandle package(cr_package_from_rpm(path.c_str(), CR_CHECKSUM_SHA256, location.c_str(), nullptr,
                                              changelog_entries, nullptr, CR_HDRR_NONE, &problem.error));
    if (!package)
        return problem.as(Kind::input, "cannot read package", path);
    // The file's own time is when somebody copied it; the build's time is the same everywhere.
    package->time_file = package->time_build;
    Problem dump;
    cr_XmlStruct xml = cr_xml_dump(package.get(), &dump.error);
    Text primary(xml.primary);
    Text filelists(xml.filelists);
    Text other(xml.other);
    if (dump.error != nullptr || !primary || !filelists || !other)
        return dump.as(Kind::input, "cannot describe package", path);
    return Chunks{{primary.get(), filelists.get(), other.get()}, listed_of(*package)};
}

struct Stats {
    Stats() : stat(cr_contentstat_new(CR_CHECKSUM_SHA256, nullptr)) {}
    Stats(const Stats&) = delete;
    Stats& operator=(const Stats&) = delete;
    ~Stats() { cr_contentstat_free(stat, nullptr); }
    cr_ContentStat* stat;
};

/// Lists a file in repomd, under its digest as a name.
Status list_file(cr_Repomd* repomd, const std::string& type, const std::string& path, Stats* stats,
                 std::int64_t revision)
{
    Problem problem;
    cr_RepomdRecord* record = cr_repomd_record_new(type.c_str(), path.c_str());
    if (stats != nullptr)
        cr_repomd_record_load_contentstat(record, stats->stat);
    if (cr_repomd_record_fill(record, CR_CHECKSUM_SHA256, &problem.error) != CRE_OK ||
        cr_repomd_record_rename_file(record, &problem.error) != CRE_OK) {
        cr_repomd_record_free(record);
        return problem.as(Kind::environment, "cannot list", path);
    }
    cr_repomd_record_set_timestamp(record, revision);
    cr_repomd_set_record(repomd, record);
    return {};
}

Status write_packages(const std::string& directory, cr_Repomd* repomd, const std::vector<Chunks>& chunks,
                      std::int64_t revision)
{
    static constexpr std::array<std::pair<const char*, cr_XmlFileType>, 3> files = {
        {{"primary", CR_XMLFILE_PRIMARY}, {"filelists", CR_XMLFILE_FILELISTS}, {"other", CR_XMLFILE_OTHER}}};
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::string path = directory + "/" + files[i].first + ".xml.gz";
        Problem problem;
        Stats stats;
        cr_XmlFile* file =
            cr_xmlfile_sopen(path.c_str(), files[i].second, CR_CW_GZ_COMPRESSION, stats.stat, &problem.error);
        if (file == nullptr)
            return problem.as(Kind::environment, "cannot create", path);
        int code = cr_xmlfile_set_num_of_pkgs(file, static_cast<long>(chunks.size()), &problem.error);
        for (std::size_t j = 0; j < chunks.size() && code == CRE_OK; ++j)
            code = cr_xmlfile_add_chunk(file, chunks[j].xml[i].c_str(), &problem.error);
        Problem closing;
        int closed = cr_xmlfile_close(file, &closing.error);
        if (code != CRE_OK)
            return problem.as(Kind::environment, "cannot write", path);
        if (closed != CRE_OK)
            return closing.as(Kind::environment, "cannot write", path);
        ALBS_CHECK(list_file(repomd, files[i].first, path, &stats, revision));
    }
    return {};
}

Status write_text(const std::string& directory, cr_Repomd* repomd, const std::string& type, const std::string& name,
                  const std::string& text, std::int64_t revision)
{
    if (text.empty())
        return {};
    std::string path = directory + "/" + name;
    Problem problem;
    Stats stats;
    CR_FILE* file = cr_sopen(path.c_str(), CR_CW_MODE_WRITE, CR_CW_GZ_COMPRESSION, stats.stat, &problem.error);
    if (file == nullptr)
        return problem.as(Kind::environment, "cannot create", path);
    int written = cr_puts(file, text.c_str(), &problem.error);
    Problem closing;
    int closed = cr_close(file, &closing.error);
    if (written == CR_CW_ERR)
        return problem.as(Kind::environment, "cannot write", path);
    if (closed != CRE_OK)
        return closing.as(Kind::environment, "cannot write", path);
    return list_file(repomd, type, path, &stats, revision);
}

/// "SHA256-comps.xml" to "comps.xml": the file is given a name by its digest again.
std::string plain_name(const std::string& path)
{
    std::string name = sys::base_name(path);
    bool digest = name.size() > 65 && name[64] == '-' && name.find_first_not_of("0123456789abcdef") == 64;
    return digest ? name.substr(65) : name;
}

Result<std::string> write_repomd(const std::string& directory, cr_Repomd* repomd, std::int64_t revision)
{
    cr_repomd_set_revision(repomd, std::to_string(revision).c_str());
    cr_repomd_sort_records(repomd);
    Problem problem;
    Text xml(cr_xml_dump_repomd(repomd, &problem.error));
    if (!xml)
        return problem.as(Kind::internal, "cannot describe", directory);
    ALBS_CHECK(sys::write_file(directory + "/repomd.xml", xml.get()));
    return sha256(std::string_view(xml.get())).hex();
}

} // namespace

Result<NewMetadata> Library::write_metadata(const std::string& repository, const Contents& contents,
                                            std::size_t jobs) const
{
    initialize();
    std::string directory = repository + "/repodata";
    if (sys::exists(directory))
        return fail(Kind::internal, "'" + directory + "' exists already");
    ALBS_CHECK(sys::make_directories(directory));
    std::vector<std::string> locations = contents.packages;
    std::sort(locations.begin(), locations.end());
    std::vector<Chunks> chunks(locations.size());
    ALBS_CHECK(sys::for_each_parallel(locations.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(chunks[i], read_chunks(repository, locations[i]));
        return {};
    }));
    RepomdHandle repomd(cr_repomd_new());
    ALBS_CHECK(write_packages(directory, repomd.get(), chunks, contents.revision));
    ALBS_CHECK(write_text(directory, repomd.get(), "updateinfo", "updateinfo.xml.gz", contents.updateinfo,
                          contents.revision));
    ALBS_CHECK(write_text(directory, repomd.get(), std::string(notarizations_type), "notarizations.json.gz",
                          contents.notarizations, contents.revision));
    for (const auto& [type, from] : contents.carried) {
        std::string to = directory + "/" + plain_name(from);
        ALBS_CHECK(sys::copy_file(from, to));
        ALBS_CHECK(list_file(repomd.get(), type, to, nullptr, contents.revision));
    }
    NewMetadata written;
    ALBS_TRY(written.repomd_sha256, write_repomd(directory, repomd.get(), contents.revision));
    for (Chunks& chunk : chunks)
        written.packages.push_back(std::move(chunk.listed));
    return written;
}

} // namespace albs::repo
