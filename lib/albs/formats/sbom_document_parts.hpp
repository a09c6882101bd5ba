// SPDX-License-Identifier: GPL-3.0-or-later
// The two readers behind read_sbom().
#pragma once
#include "albs/formats/sbom_document.hpp"
#include "albs/json/fields.hpp"

namespace albs::sbom {

SbomDocument read_cyclonedx(const Json& json);
SbomDocument read_spdx(const Json& json);

/// States it, if there is a value.
void state(DescribedComponent& package, std::string_view name, const std::string& value);
/// What states its name and its version.
DescribedComponent begin_component(std::string ref, std::string name, std::string version);
/// The elements of an array member; none when there is no such array.
const Json::Array& list_at(const Json& object, std::string_view key);
void sort_statements(SbomDocument& document);

} // namespace albs::sbom
