// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "albs/formats/sbom_document_parts.hpp"
#include "albs/json/fields.hpp"

namespace albs::sbom {

void state(DescribedComponent& package, std::string_view name, const std::string& value)
{
    if (!value.empty())
        package.statements.push_back({std::string(name), value});
}

DescribedComponent begin_component(std::string ref, std::string name, std::string version)
{
    DescribedComponent package{
        .ref = std::move(ref), .name = std::move(name), .version = std::move(version), .statements = {}};
    state(package, "name", package.name);
    state(package, "version", package.version);
    return package;
}

const Json::Array& list_at(const Json& object, std::string_view key)
{
    static const Json::Array none;
    const Json* value = object.find(key);
    return value != nullptr && value->elements() != nullptr ? *value->elements() : none;
}

void sort_statements(SbomDocument& document)
{
    for (DescribedComponent& package : document.packages)
        std::sort(package.statements.begin(), package.statements.end());
    std::sort(document.packages.begin(), document.packages.end(),
              [](const DescribedComponent& a, const DescribedComponent& b) { return a.ref < b.ref; });
}

std::vector<std::string> DescribedComponent::values(std::string_view statement) const
{
    auto first =
        std::lower_bound(statements.begin(), statements.end(), statement,
                         [](const Property& property, std::string_view wanted) { return property.name < wanted; });
    std::vector<std::string> found;
    for (; first != statements.end() && first->name == statement; ++first)
        found.push_back(first->value);
    return found;
}

std::string DescribedComponent::value(std::string_view statement) const
{
    std::vector<std::string> found = values(statement);
    return found.empty() ? std::string() : found.front();
}

std::string DescribedComponent::title() const
{
    std::string nevra = value("albs:rpm:nevra");
    if (!nevra.empty())
        return nevra;
    return version.empty() ? name : name + "-" + version;
}

Result<SbomDocument> read_sbom_json(const Json& json)
{
    SbomDocument document;
    if (text_member(json, "bomFormat") == "CycloneDX")
        document = read_cyclonedx(json);
    else if (text_member(json, "spdxVersion").rfind("SPDX-2.", 0) == 0)
        document = read_spdx(json);
    else
        return fail(Kind::input, "neither CycloneDX nor SPDX 2");
    sort_statements(document);
    return document;
}

Result<SbomDocument> read_sbom(std::string_view text)
{
    ALBS_TRY(Json json, read_foreign_json(text));
    return read_sbom_json(json);
}

} // namespace albs::sbom
