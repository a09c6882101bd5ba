// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "albs/formats/cyclonedx.hpp"
#include "albs/formats/sbom_document_parts.hpp"
#include "base/format.hpp"

namespace albs::sbom {
namespace {

std::string hashes_of(const Json& component)
{
    std::string all;
    for (const Json& hash : list_at(component, "hashes"))
        all += format_text("{}{}:{}", all.empty() ? "" : " ", text_member(hash, "alg"), text_member(hash, "content"));
    return all;
}

void state_licenses(DescribedComponent& package, const Json& component)
{
    for (const Json& choice : list_at(component, "licenses")) {
        state(package, "licence", text_member(choice, "expression"));
        if (const Json* license = choice.find("license")) {
            state(package, "licence", text_member(*license, "id"));
            state(package, "licence", text_member(*license, "name"));
        }
    }
}

void state_parts(DescribedComponent& package, const Json& component)
{
    for (const Json& part : list_at(component, "components")) {
        std::string name = text_member(part, "name");
        bool file = text_member(part, "type") == "file" && !name.empty() && name[0] == '/';
        std::string link;
        for (const Json& property : list_at(part, "properties")) {
            if (text_member(property, "name") == "albs:rpm:link-to")
                link = " link to " + text_member(property, "value");
            else if (!file)
                state(package, "part " + name + " " + text_member(property, "name"), text_member(property, "value"));
        }
        state(package, (file ? "file " : "part ") + name,
              format_text("{}{}{}.", hashes_of(part), text_member(part, "version"), link));
    }
}

void state_origin(DescribedComponent& package, const Json& component)
{
    const Json* pedigree = component.find("pedigree");
    if (pedigree != nullptr) {
        for (const Json& commit : list_at(*pedigree, "commits"))
            state(package, "commit", text_member(commit, "uid"));
        for (const Json& ancestor : list_at(*pedigree, "ancestors"))
            state(package, "made from", hashes_of(ancestor));
    }
    for (const Json& reference : list_at(component, "externalReferences"))
        state(package, "reference " + text_member(reference, "type"), text_member(reference, "url"));
}

bool is_package(const Json& component)
{
    return text_member(component, "purl").rfind("pkg:rpm/", 0) == 0;
}

DescribedComponent described(const Json& component)
{
    DescribedComponent package = begin_component(text_member(component, "bom-ref"), text_member(component, "name"),
                                                 text_member(component, "version"));
    state(package, "summary", text_member(component, "description"));
    state(package, "cpe", text_member(component, "cpe"));
    state(package, "purl", text_member(component, "purl"));
    if (const Json* supplier = component.find("supplier"))
        state(package, "supplier", text_member(*supplier, "name"));
    for (const Json& hash : list_at(component, "hashes"))
        state(package, text_member(hash, "alg"), text_member(hash, "content"));
    for (const Json& property : list_at(component, "properties")) {
        state(package, text_member(property, "name"), text_member(property, "value"));
        if (text_member(property, "name") == "bsi:component:filename")
            state(package, "file name", text_member(property, "value"));
    }
    state_licenses(package, component);
    state_parts(package, component);
    state_origin(package, component);
    return package;
}

void read_metadata(SbomDocument& document, const Json& metadata)
{
    document.time = text_member(metadata, "timestamp");
    if (const Json* tools = metadata.find("tools"))
        for (const Json& tool : list_at(*tools, "components"))
            document.tool = text_member(tool, "name") + " " + text_member(tool, "version");
    for (const Json& author : list_at(metadata, "authors"))
        document.author = text_member(author, "name");
    for (const Json& phase : list_at(metadata, "lifecycles"))
        document.phase = text_member(phase, "phase");
    document.ours = document.tool.rfind("albs-sbom ", 0) == 0;
    if (const Json* component = metadata.find("component"); component != nullptr && is_package(*component))
        document.packages.push_back(described(*component));
}

} // namespace

SbomDocument read_cyclonedx(const Json& json)
{
    SbomDocument document;
    document.format = SbomDocument::Format::cyclonedx;
    document.format_name = "CycloneDX " + text_member(json, "specVersion");
    document.id = text_member(json, "serialNumber");
    document.content_id = cyclonedx_serial(json);
    if (const Json* metadata = json.find("metadata"))
        read_metadata(document, *metadata);
    for (const Json& component : list_at(json, "components"))
        if (is_package(component))
            document.packages.push_back(described(component));
    std::unordered_map<std::string, std::size_t> by_ref;
    for (std::size_t i = 0; i < document.packages.size(); ++i)
        by_ref.emplace(document.packages[i].ref, i);
    for (const Json& dependency : list_at(json, "dependencies")) {
        auto from = by_ref.find(text_member(dependency, "ref"));
        if (from == by_ref.end())
            continue;
        for (const Json& other : list_at(dependency, "dependsOn"))
            if (auto to = by_ref.find(other.string() == nullptr ? "" : *other.string()); to != by_ref.end())
                state(document.packages[from->second], "depends on",
                      document.packages[to->second].name + "-" + document.packages[to->second].version);
    }
    return document;
}

} // namespace albs::sbom
