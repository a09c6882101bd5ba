// SPDX-License-Identifier: GPL-3.0-or-later
// Sources that the store lacks: fetched once more, exactly as a manifest records them.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "cli/tool.hpp"

namespace albs::build {

/// Runs albs-fetch for those of the sources (ids) whose files the store does not have as a whole: commits from where
/// the manifest says, lookaside files from these servers first. What could not be fetched is missed where it is needed.
/// Kind::trust when something came out otherwise than it is recorded.
Status fetch_again(const Manifest& manifest, const std::vector<std::string>& sources,
                   const std::vector<std::string>& lookaside, cli::Context& context);

} // namespace albs::build
