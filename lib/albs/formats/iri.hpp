// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace albs::sbom {

/// The text as an IRI reference (RFC 3987, 2.2), which is what the URLs of CycloneDX and SPDX are: what may not stand
/// where it does is percent-encoded, and all else stays as it is. An IRI reference is returned unchanged, but for private
/// characters in a query; any text is one afterwards.
std::string iri_reference(std::string_view text);

} // namespace albs::sbom
