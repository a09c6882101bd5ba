// SPDX-License-Identifier: GPL-3.0-or-later
// The operands of verify: manifests, repositories, and the files that are asked about.
#pragma once
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "cli/tool.hpp"
#include "repository.hpp"

namespace albs::notarize {

/// Manifests, also those of repositories, are merged into manifest; everything else is added to files, with the digest
/// that a repository lists.
Status read_operands(cli::Context& context, Manifest& manifest, std::vector<PackageFile>& files);

} // namespace albs::notarize
