// SPDX-License-Identifier: GPL-3.0-or-later
// The proofs that a repository carries in its repodata, so that a mirror of it is verified with the log's key alone.
#pragma once
#include <optional>
#include <string>

#include "albs/manifest/manifest.hpp"
#include "publish.hpp"
#include "tree.hpp"

namespace albs::release {

/// What the repository carried before and what the manifest has about these packages, as one manifest without stages:
/// the signed packages, those that were built, their tasks and sources, and the notarizations of all that. Nothing when
/// that is what it carries already, or there are no notarizations. Kind::trust when the two contradict each other.
Result<std::optional<std::string>> notarizations_for(const Manifest& manifest, const Repository* before,
                                                     const std::vector<ReleasedPackage>& packages);

} // namespace albs::release
