// SPDX-License-Identifier: GPL-3.0-or-later
// Module streams of which all components are built: the document that goes into a repository with their packages.
#pragma once
#include "albs/manifest/manifest.hpp"
#include "cli/message.hpp"
#include "parts.hpp"

namespace albs::build {

/// For each module of a part and each architecture the document, into the store, and its records, into the manifest. A
/// module that lacks a component has none, which is told. False if one has none.
Result<bool> add_module_builds(const std::vector<Part>& parts, const store::Workspace& workspace,
                               cli::Messages& messages, Manifest& manifest);

} // namespace albs::build
