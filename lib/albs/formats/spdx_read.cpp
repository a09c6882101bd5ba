// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "albs/formats/sbom_document_parts.hpp"
#include "albs/formats/spdx.hpp"

namespace albs::sbom {
namespace {

void state(DescribedComponent& package, std::string_view name, const std::string& value)
{
    if (!value.empty() && value != "NOASSERTION")
        package.statements.push_back({std::string(name), value});
}

// "SHA256" as the vocabulary writes it.
std::string algorithm_of(const std::string& name)
{
    return name.rfind("SHA", 0) == 0 && name.size() > 3 && name[3] != '-' ? "SHA-" + name.substr(3) : name;
}

void state_annotations(DescribedComponent& package, const Json& element, const std::string& prefix = {})
{
    for (const Json& annotation : list_at(element, "annotations")) {
        std::string comment = text_at(annotation, "comment");
        std::size_t equals = comment.find('=');
        if (equals != std::string::npos)
            state(package, prefix + comment.substr(0, equals), comment.substr(equals + 1));
    }
}

DescribedComponent described(const Json& element)
{
    DescribedComponent package{.ref = text_at(element, "SPDXID"),
                      .name = text_at(element, "name"),
                      .version = text_at(element, "versionInfo"),
                      .statements = {}};
    state(package, "name", package.name);
    state(package, "version", package.version);
    state(package, "summary", text_at(element, "summary"));
    state(package, "file name", text_at(element, "packageFileName"));
    std::string supplier = text_at(element, "supplier");
    state(package, "supplier", supplier.substr(supplier.rfind("Organization: ", 0) == 0 ? 14 : 0));
    state(package, "licence", text_at(element, "licenseDeclared"));
    state(package, "licence comment", text_at(element, "licenseComments"));
    state(package, "description", text_at(element, "description"));
    state(package, "homepage", text_at(element, "homepage"));
    state(package, "download location", text_at(element, "downloadLocation"));
    for (const Json& checksum : list_at(element, "checksums"))
        state(package, algorithm_of(text_at(checksum, "algorithm")), text_at(checksum, "checksumValue"));
    for (const Json& reference : list_at(element, "externalRefs")) {
        std::string type = text_at(reference, "referenceType");
        state(package, type == "cpe23Type" ? "cpe" : type, text_at(reference, "referenceLocator"));
    }
    state_annotations(package, element);
    return package;
}

void state_part(DescribedComponent& package, const Json& part)
{
    std::string name = text_at(part, "name");
    bool file = !name.empty() && name[0] == '/';
    std::string value;
    for (const Json& checksum : list_at(part, "checksums"))
        value += (value.empty() ? "" : " ") + algorithm_of(text_at(checksum, "algorithm")) + ":" +
                 text_at(checksum, "checksumValue");
    std::string link;
    for (const Json& annotation : list_at(part, "annotations"))
        if (text_at(annotation, "comment").rfind("albs:rpm:link-to=", 0) == 0)
            link = " link to " + text_at(annotation, "comment").substr(17);
    state(package, (file ? "file " : "part ") + name, value + text_at(part, "versionInfo") + link + ".");
    if (!file)
        state_annotations(package, part, "part " + name + " ");
}

bool is_package(const Json& element)
{
    for (const Json& reference : list_at(element, "externalRefs"))
        if (text_at(reference, "referenceLocator").rfind("pkg:rpm/", 0) == 0)
            return true;
    return false;
}

void read_creation(SbomDocument& document, const Json& json)
{
    const Json* info = json.find("creationInfo");
    if (info == nullptr)
        return;
    document.time = text_at(*info, "created");
    for (const Json& creator : list_at(*info, "creators")) {
        std::string text = creator.string() == nullptr ? "" : *creator.string();
        if (text.rfind("Tool: ", 0) == 0)
            document.tool = text.substr(6);
        else
            document.author = text.substr(std::min(text.size(), text.find(": ") + 2));
    }
    document.ours = document.tool.rfind("albs-sbom-", 0) == 0;
}

} // namespace

SbomDocument read_spdx(const Json& json)
{
    SbomDocument document;
    document.format = SbomDocument::Format::spdx;
    document.format_name = text_at(json, "spdxVersion");
    document.id = text_at(json, "documentNamespace");
    document.content_id = spdx_namespace(json);
    read_creation(document, json);

    std::unordered_map<std::string, std::size_t> packages;
    std::unordered_map<std::string, const Json*> others;
    std::unordered_map<std::string, bool> build_only;
    for (const Json& relation : list_at(json, "relationships"))
        if (text_at(relation, "relationshipType") == "BUILD_DEPENDENCY_OF")
            build_only.emplace(text_at(relation, "spdxElementId"), true);
    for (const Json& element : list_at(json, "packages")) {
        std::string id = text_at(element, "SPDXID");
        // A package of a buildroot that is shipped too has another id.
        if (is_package(element) && build_only.count(id) == 0) {
            packages.emplace(id, document.packages.size());
            document.packages.push_back(described(element));
        } else {
            others.emplace(id, &element);
        }
    }
    for (const Json& relation : list_at(json, "relationships")) {
        std::string type = text_at(relation, "relationshipType");
        auto from = packages.find(text_at(relation, "spdxElementId"));
        if (from == packages.end())
            continue;
        DescribedComponent& package = document.packages[from->second];
        std::string target = text_at(relation, "relatedSpdxElement");
        auto to = packages.find(target);
        auto part = others.find(target);
        if (type == "DEPENDS_ON" && to != packages.end())
            state(package, "depends on",
                  document.packages[to->second].name + "-" + document.packages[to->second].version);
        else if (type == "GENERATED_FROM" && to != packages.end())
            state(package, "made from", target);
        else if (type == "CONTAINS" && part != others.end())
            state_part(package, *part->second);
    }
    return document;
}

} // namespace albs::sbom
