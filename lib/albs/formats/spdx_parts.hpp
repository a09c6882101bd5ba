// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of an SPDX document.
#pragma once
#include <map>

#include "albs/formats/spdx.hpp"

namespace albs::sbom {

/// What is written while the graph is walked.
struct SpdxLists {
    Json packages = Json::array();
    Json relationships = Json::array();
    std::map<std::string, std::string> licenses; ///< LicenseRef to the tag that it came from
    std::string time;
    std::string annotator;

    void relate(const std::string& from, std::string_view type, const std::string& to, std::string_view comment = {});
    Json annotation(const std::string& name, const std::string& value) const;
};

/// Adds the component, its parts and files, with CONTAINS and PATCH_FOR between them.
void add_spdx_component(SpdxLists& lists, const Component& component);

} // namespace albs::sbom
