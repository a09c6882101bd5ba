// SPDX-License-Identifier: GPL-3.0-or-later
// The metadata of one repository (a directory with Packages/ and repodata/): reading, checking, writing.
//
// Written through libcreaterepo_c, so that what dnf reads is what createrepo_c would have made. The same packages and
// revision give the same bytes: packages are sorted, and every time comes from the packages or from the revision.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs::repo {

/// A package as primary.xml lists it.
struct ListedPackage {
    RpmInfo info;                ///< no header or payload digest: the metadata does not hold them
    std::string sha256;          ///< of the file
    std::int64_t size = 0;       ///< bytes
    std::string location;        ///< relative to the repository: "Packages/h/hello-2.12.1-1.x86_64.rpm"
    std::int64_t build_time = 0; ///< seconds since 1970
};

/// NAME-EPOCH:VERSION-RELEASE.ARCH, the epoch always written: "no epoch" and "epoch 0" are the same package.
std::string identity(const RpmInfo& info);

/// One file that repomd.xml lists.
struct MetadataFile {
    std::string type;     ///< "primary", "updateinfo"
    std::string location; ///< "repodata/SHA256-primary.xml.gz"
    std::string algorithm;
    std::string digest;    ///< lower-case hex
    std::int64_t size = 0; ///< bytes; 0: not said
};

struct Repomd {
    std::int64_t revision = 0; ///< 0 when it is no number
    std::vector<MetadataFile> files;
    const MetadataFile* find(std::string_view type) const;
};

/// The type under which repomd.xml lists the proofs of the packages; dnf passes over it.
constexpr std::string_view notarizations_type = "notarizations";

/// What a repository is to hold.
struct Contents {
    /// Locations of the packages; the files are there already.
    std::vector<std::string> packages;
    std::string updateinfo; ///< the XML; empty: none
    std::string notarizations; ///< JSON; empty: none
    /// Metadata of other kinds to carry over (comps, modules): type and path of the file as it is.
    std::vector<std::pair<std::string, std::string>> carried;
    std::int64_t revision = 0; ///< also the time of every metadata file, seconds since 1970
};

struct NewMetadata {
    std::vector<ListedPackage> packages; ///< with the digests as the files are now
    std::string repomd_sha256;
};

/// Types of metadata that write_metadata() makes, or that would be stale beside them; the others may be carried over.
bool is_made_anew(std::string_view type);

} // namespace albs::repo
