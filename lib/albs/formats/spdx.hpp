// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX 2.3 as JSON.
#pragma once
#include "albs/json/value.hpp"
#include "albs/sbom/graph.hpp"

namespace albs::sbom {

/// The document. Its namespace ends with the UUIDv5 of all that it says otherwise. Files of packages are packages of
/// purpose FILE: SPDX files need a SHA-1, and the packages cannot be said to be analysed.
Json spdx(const Graph& graph);
/// The namespace that a document with this name and content must have.
std::string spdx_namespace(const Json& document);
/// "SPDXRef-" and the text with what SPDX does not allow in an id as '-'.
std::string spdx_id(std::string_view ref);

} // namespace albs::sbom
