// SPDX-License-Identifier: GPL-3.0-or-later
// Packages of other builds for a root: repositories as they are, and manifests, whose packages become one.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "platform/definition.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// Puts the manifests among the places (files) into the store, as the artifacts that it returns, and names them
/// "build:SHA-256" from then on: what a task records is no path of this machine.
Result<std::vector<Artifact>> keep_manifests(std::vector<std::string>& places, store::Workspace& workspace);

/// A repository for every place and architecture, as a flavor: "build:SHA-256" of a manifest in the store, a URL, or a
/// directory with repodata. Of a manifest, the packages of its tasks for that architecture that are ok, which must be
/// in the store; without a workspace it is left out. Kind::input for anything else.
Result<platform::Definition> linked_repositories(const std::vector<std::string>& places,
                                                 const std::vector<std::string>& arches, store::Workspace* workspace);

} // namespace albs::build
