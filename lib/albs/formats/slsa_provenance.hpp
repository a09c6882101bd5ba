// SPDX-License-Identifier: GPL-3.0-or-later
// SLSA build provenance v1 in in-toto statements, one for each build task.
#pragma once
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/sbom/graph.hpp"

namespace albs::sbom {

/// Unsigned statements, in the order of task ids: subjects are the files of the task (built and signed form), resolved
/// dependencies its commit, sources and buildroot. Failed tasks have none.
std::vector<Json> provenance(const Manifest& manifest, const Graph& graph, const std::string& builder);

} // namespace albs::sbom
