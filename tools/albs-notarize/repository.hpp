// SPDX-License-Identifier: GPL-3.0-or-later
// A package repository as an operand of verify: what it lists, and the proofs that its repodata carries.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "cli/tool.hpp"

namespace albs::notarize {

struct PackageFile {
    std::string path;
    std::string sha256; ///< as the repository lists it
};
/// DIRECTORY is a repository, or holds some. Its proofs are merged into the manifest, its packages appended to files.
/// Kind::trust when its metadata is not what repomd.xml lists. The signature of repomd.xml is not looked at: what it
/// lists counts only as far as the log's proofs go.
Status read_repositories(const std::string& directory, Manifest& manifest, std::vector<PackageFile>& files,
                         cli::Messages& messages);
/// The same for packages that lie in repositories without being named as a part of one: FILES that no sha256 is known
/// of, and whose directory, or one above it, has repodata. They get what that repository lists for them.
Status read_repositories_around(std::vector<PackageFile>& files, Manifest& manifest);

} // namespace albs::notarize
