// SPDX-License-Identifier: GPL-3.0-or-later
// What was published about a build: manifests, and files that they name, in directories. A stranger has nothing else.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "cli/tool.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// Where the operands of a run say that it was published.
struct Published {
    std::vector<std::string> directories; ///< that may have files of the manifest
    std::set<std::string> packages;       ///< SHA-256 of those that are asked about; empty: all
};

/// Operands are manifests, directories with manifests in them (*.json, at any depth), and packages, whose manifest is in
/// the next directory above them that has one which knows the package. All are merged into the given one. Kind::input for
/// a directory without a manifest, and for a package that none knows.
Result<Published> read_published(const std::vector<std::string>& operands, Manifest& manifest);

/// Copies into the store what the manifest names and the directories have, by digest, and what signed packages there were
/// signed from; and into the workspace the packages of its locks. What is there already is not read.
Status take_published(const Published& published, const Manifest& manifest, store::Workspace& workspace,
                      std::size_t jobs);

} // namespace albs::build
