// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of a CycloneDX document.
#pragma once
#include <unordered_map>

#include "albs/formats/cyclonedx.hpp"

namespace albs::sbom {

using ByRef = std::unordered_map<std::string, const Component*>;

Json cyclonedx_component(const Component& component, const ByRef& by_ref);
Json cyclonedx_hashes(const std::vector<Hash>& hashes);
Json cyclonedx_properties(const std::vector<Property>& properties);
/// Build tasks as workflows, their buildroots as components.
Json cyclonedx_formulation(const Graph& graph, const ByRef& by_ref);

} // namespace albs::sbom
