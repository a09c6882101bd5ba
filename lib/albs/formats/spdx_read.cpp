// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "albs/formats/sbom_document_parts.hpp"
#include "albs/formats/spdx.hpp"
#include "base/format.hpp"

namespace albs::sbom {
namespace {

void state_known(DescribedComponent& package, std::string_view name, const std::string& value)
{
    if (value != "NOASSERTION")
        state(package, name, value);
}

// "SHA256" as the vocabulary writes it.
std::string algorithm_of(const std::string& name)
{
    return name.rfind("SHA", 0) == 0 && name.size() > 3 && name[3] != '-' ? "SHA-" + name.substr(3) : name;
}

void state_annotations(DescribedComponent& package, const Json& element, const std::string& prefix = {})
{
    for (const Json& annotation : list_at(element, "annotations")) {
        std::string comment = text_member(annotation, "comment");
        std::size_t equals = comment.find('=');
        if (equals != std::string::npos)
            state_known(package, prefix + comment.substr(0, equals), comment.substr(equals + 1));
    }
}

DescribedComponent described(const Json& element)
{
    DescribedComponent package = begin_component(text_member(element, "SPDXID"), text_member(element, "name"),
                                                 text_member(element, "versionInfo"));
    state_known(package, "summary", text_member(element, "summary"));
    state_known(package, "file name", text_member(element, "packageFileName"));
    std::string supplier = text_member(element, "supplier");
    state_known(package, "supplier", supplier.substr(supplier.rfind("Organization: ", 0) == 0 ? 14 : 0));
    state_known(package, "licence", text_member(element, "licenseDeclared"));
    state_known(package, "licence comment", text_member(element, "licenseComments"));
    state_known(package, "description", text_member(element, "description"));
    state_known(package, "homepage", text_member(element, "homepage"));
    state_known(package, "download location", text_member(element, "downloadLocation"));
    for (const Json& checksum : list_at(element, "checksums"))
        state_known(package, algorithm_of(text_member(checksum, "algorithm")), text_member(checksum, "checksumValue"));
    for (const Json& reference : list_at(element, "externalRefs")) {
        std::string type = text_member(reference, "referenceType");
        state_known(package, type == "cpe23Type" ? "cpe" : type, text_member(reference, "referenceLocator"));
    }
    state_annotations(package, element);
    return package;
}

void state_part(DescribedComponent& package, const Json& part)
{
    std::string name = text_member(part, "name");
    bool file = !name.empty() && name[0] == '/';
    std::string value;
    for (const Json& checksum : list_at(part, "checksums"))
        value += format_text("{}{}:{}", value.empty() ? "" : " ", algorithm_of(text_member(checksum, "algorithm")),
                             text_member(checksum, "checksumValue"));
    std::string link;
    for (const Json& annotation : list_at(part, "annotations"))
        if (text_member(annotation, "comment").rfind("albs:rpm:link-to=", 0) == 0)
            link = " link to " + text_member(annotation, "comment").substr(17);
    state_known(package, (file ? "file " : "part ") + name,
                format_text("{}{}{}.", value, text_member(part, "versionInfo"), link));
    if (!file)
        state_annotations(package, part, "part " + name + " ");
}

bool is_package(const Json& element)
{
    for (const Json& reference : list_at(element, "externalRefs"))
        if (text_member(reference, "referenceLocator").rfind("pkg:rpm/", 0) == 0)
            return true;
    return false;
}

void read_creation(SbomDocument& document, const Json& json)
{
    const Json* info = json.find("creationInfo");
    if (info == nullptr)
        return;
    document.time = text_member(*info, "created");
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
    document.format_name = text_member(json, "spdxVersion");
    document.id = text_member(json, "documentNamespace");
    document.content_id = spdx_namespace(json);
    read_creation(document, json);

    std::unordered_map<std::string, std::size_t> packages;
    std::unordered_map<std::string, const Json*> others;
    std::unordered_map<std::string, bool> build_only;
    for (const Json& relation : list_at(json, "relationships"))
        if (text_member(relation, "relationshipType") == "BUILD_DEPENDENCY_OF")
            build_only.emplace(text_member(relation, "spdxElementId"), true);
    for (const Json& element : list_at(json, "packages")) {
        std::string id = text_member(element, "SPDXID");
        // A package of a buildroot that is shipped too has another id.
        if (is_package(element) && build_only.count(id) == 0) {
            packages.emplace(id, document.packages.size());
            document.packages.push_back(described(element));
        } else {
            others.emplace(id, &element);
        }
    }
    for (const Json& relation : list_at(json, "relationships")) {
        std::string type = text_member(relation, "relationshipType");
        auto from = packages.find(text_member(relation, "spdxElementId"));
        if (from == packages.end())
            continue;
        DescribedComponent& package = document.packages[from->second];
        std::string target = text_member(relation, "relatedSpdxElement");
        auto to = packages.find(target);
        auto part = others.find(target);
        if (type == "DEPENDS_ON" && to != packages.end())
            state_known(package, "depends on",
                        document.packages[to->second].name + "-" + document.packages[to->second].version);
        else if (type == "GENERATED_FROM" && to != packages.end())
            state_known(package, "made from", target);
        else if (type == "CONTAINS" && part != others.end())
            state_part(package, *part->second);
    }
    return document;
}

} // namespace albs::sbom
