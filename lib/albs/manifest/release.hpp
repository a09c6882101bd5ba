// SPDX-License-Identifier: GPL-3.0-or-later
// One revision of a repository as it was published.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct ReleasedPackage {
    std::string artifact;
    std::string path; ///< in the repository
};

struct Release {
    static constexpr std::string_view table = "releases";
    std::string id;         ///< "NAME/REPOSITORY/REVISION"
    std::string repository; ///< "x86_64/os", relative to the tree
    std::string repomd_sha256;
    std::string key; ///< fingerprint that signed repomd.xml
    std::string published; ///< RFC 3339
    std::vector<ReleasedPackage> packages;
    OptionalString previous; ///< repomd_sha256 before this release
    OptionalString waived;
    OptionalText follows = {}; ///< id of another tree's release of the same name and revision
};

} // namespace albs
