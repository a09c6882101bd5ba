// SPDX-License-Identifier: GPL-3.0-or-later
// CycloneDX 1.6 (ECMA-424) as JSON.
#pragma once
#include "albs/json/value.hpp"
#include "albs/sbom/graph.hpp"

namespace albs::sbom {

/// The document. Its serial number is the UUIDv5 of all that it says otherwise, so the same graph has the same number.
Json cyclonedx(const Graph& graph);
/// The serial number that a document with this content must have.
std::string cyclonedx_serial(const Json& document);

/// "sha256" as CycloneDX writes it, "SHA-256".
std::string cyclonedx_algorithm(std::string_view algorithm);

} // namespace albs::sbom
