// SPDX-License-Identifier: GPL-3.0-or-later
// SBOM documents read back: what a CycloneDX or SPDX document states of each package, in one vocabulary, so that
// documents can be verified and compared whatever their format.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/sbom/graph.hpp"
#include "base/result.hpp"

namespace albs::sbom {

/// What is stated of one package. Names of statements: "name", "version", "file name", "SHA-256", "licence", "purl",
/// "cpe", "supplier", "file PATH", "part NAME", "depends on" (name and version), and those of properties.
struct DescribedComponent {
    std::string ref;
    std::string name;
    std::string version;
    std::vector<Property> statements; ///< sorted
    /// The values of one statement, once the statements are sorted.
    std::vector<std::string> values(std::string_view statement) const;
    /// The first value; empty when there is none.
    std::string value(std::string_view statement) const;
    /// "NAME-VERSION.ARCH" for people, or the name.
    std::string title() const;
};

struct SbomDocument {
    enum class Format { cyclonedx, spdx };
    Format format = Format::cyclonedx;
    std::string format_name; ///< "CycloneDX 1.6", "SPDX-2.3"
    std::string id;          ///< serial number or namespace
    std::string content_id;  ///< the id that this content must have, if the document was made by albs-sbom
    std::string time;
    std::string tool;    ///< name and version of the program that wrote it
    std::string author;
    std::string phase;   ///< "build"; CycloneDX only
    bool ours = false;   ///< made by albs-sbom: the id can be checked
    std::vector<DescribedComponent> packages; ///< in the order of refs
};

/// Kind::input for anything that is neither CycloneDX 1.x JSON nor SPDX 2.x JSON.
Result<SbomDocument> read_sbom(std::string_view text);
/// The same, from a document that is parsed already.
Result<SbomDocument> read_sbom_json(const Json& json);

} // namespace albs::sbom
