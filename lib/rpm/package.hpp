// SPDX-License-Identifier: GPL-3.0-or-later
// RPM files: what the header says, and where its parts lie.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/header_text.hpp"
#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs::rpm {

/// One dependency: "libc.so.6(GLIBC_2.34)(64bit)", or "hello = 2.12-1.el9".
struct Dependency {
    std::string name;
    std::uint32_t flags = 0; ///< RPMSENSE_*
    std::string version;     ///< [EPOCH:]VERSION[-RELEASE]; empty: any
    std::string text() const; ///< as rpm -q --requires prints it
};

struct File {
    std::string path;
    std::string digest; ///< hex, by file_digest_algorithm; empty for directories, links and ghosts
    std::uint32_t mode = 0;
    std::int64_t size = 0;
    std::uint32_t flags = 0; ///< RPMFILE_*
    std::string user;
    std::string group;
    std::string link_to;
};

struct Changelog {
    std::int64_t time = 0;
    std::string author;
    std::string text;
};

/// A package as its header describes it.
struct Package : HeaderText {
    RpmInfo info;
    std::string group;
    std::int64_t installed_size = 0;
    std::string file_digest_algorithm; ///< "sha256"
    std::string payload_format;        ///< "cpio"
    std::string payload_compressor;    ///< "zstd"
    std::vector<Dependency> provides;
    std::vector<Dependency> needs; ///< Requires ("requires" is a keyword)
    std::vector<Dependency> conflicts;
    std::vector<Dependency> obsoletes;
    std::vector<File> files;
    std::vector<Changelog> changelog;
    std::vector<std::string> sources; ///< of a source package
    std::vector<std::string> patches;
    std::vector<std::string> excluded_arches;
    std::vector<std::string> exclusive_arches;
};

/// Byte offsets of the parts of a package file (LSB, RPM v3/v4 layout).
struct Layout {
    std::int64_t signature = 96; ///< signature header
    std::int64_t header = 0;     ///< main header
    std::int64_t payload = 0;    ///< compressed payload, to the end
    std::int64_t size = 0;
};
Result<Layout> read_layout(const std::string& path);
/// The payload is what the header says. Kind::trust; fine where the header says nothing (before rpm 4.14).
Status check_payload(const std::string& path, const RpmInfo& info);
/// The build time that rpm takes with %source_date_epoch_from_changelog: midnight of the newest entry of the changelog.
/// Seconds since 1970; nothing where there is no entry.
std::optional<std::int64_t> changelog_time(const Package& package);
/// What rpm calls the file of a source package: NAME-VERSION-RELEASE.src.rpm, or .nosrc.rpm where a source is left out.
std::string source_file_name(const Package& package);
/// A file that a source package names and does not have (NoSource).
bool is_left_out(const File& file);
/// Bytes of the header at offset, its magic included, padding not. Kind::input when there is none.
Result<std::int64_t> header_length(int fd, std::int64_t offset, const std::string& path);

} // namespace albs::rpm
