// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/cyclonedx.hpp"

#include <algorithm>
#include <cctype>

#include "albs/formats/cyclonedx_parts.hpp"
#include "base/uuid.hpp"

namespace albs::sbom {
namespace {

constexpr std::string_view collection_ref = "albs:collection";

Json authors_of(const std::string& author)
{
    std::size_t open = author.rfind('<');
    std::size_t close = author.rfind('>');
    if (open == std::string::npos || close == std::string::npos || close < open)
        return Json::array({Json::object({{"name", author}})});
    std::string name = author.substr(0, open);
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    return Json::array({Json::object({{"name", name}, {"email", author.substr(open + 1, close - open - 1)}})});
}

Json tools_of(const Graph& graph)
{
    Json tool = Json::object({{"type", "application"}, {"name", "albs-sbom"}, {"version", graph.tool_version}});
    return Json::object({{"components", Json::array({std::move(tool)})}});
}

const Component* subject_of(const Graph& graph)
{
    for (const Component& component : graph.components)
        if (component.ref == graph.subject)
            return &component;
    return nullptr;
}

Json metadata_of(const Graph& graph, const ByRef& by_ref)
{
    Json metadata = Json::object();
    if (graph.time)
        metadata.set("timestamp", *graph.time);
    metadata.set("lifecycles", Json::array({Json::object({{"phase", graph.runs.empty() ? "post-build" : "build"}})}));
    metadata.set("tools", tools_of(graph));
    if (!graph.author.empty())
        metadata.set("authors", authors_of(graph.author));
    if (const Component* subject = subject_of(graph))
        metadata.set("component", cyclonedx_component(*subject, by_ref));
    else
        metadata.set("component",
                     Json::object({{"type", "framework"}, {"bom-ref", collection_ref}, {"name", graph.name}}));
    std::vector<Property> properties = graph.properties;
    properties.push_back({"cdx:reproducible", "true"});
    metadata.set("properties", cyclonedx_properties(properties));
    return metadata;
}

Json dependencies_of(const Graph& graph)
{
    Json list = Json::array();
    if (subject_of(graph) == nullptr) {
        Json all = Json::array();
        for (const Component& component : graph.components)
            all.push(component.ref);
        Json one = Json::object({{"ref", collection_ref}});
        one.set("dependsOn", std::move(all));
        list.push(std::move(one));
    }
    for (const Component& component : graph.components) {
        Json one = Json::object({{"ref", component.ref}});
        if (!component.depends_on.empty())
            one.set("dependsOn", Json::strings(component.depends_on));
        list.push(std::move(one));
    }
    return list;
}

void add_composition(Json& list, std::string_view aggregate, std::string_view what, std::vector<std::string> refs)
{
    if (!refs.empty())
        list.push(Json::object({{"aggregate", aggregate}, {what.data(), Json::strings(refs)}}));
}

// What is known to be all, what is known not to be, and what nobody knows: each is said.
Json compositions_of(const Graph& graph)
{
    std::vector<std::string> complete;
    std::vector<std::string> incomplete;
    std::vector<std::string> unknown;
    std::vector<std::string> assembled;
    std::vector<std::string> unopened;
    for (const Component& component : graph.components) {
        bool source = component.kind == ComponentKind::source_package;
        (component.files_known || (source && !component.parts.empty()) ? assembled : unopened).push_back(component.ref);
        if (source)
            continue;
        if (!component.dependencies_known)
            unknown.push_back(component.ref);
        else
            (component.unresolved.empty() ? complete : incomplete).push_back(component.ref);
    }
    Json list = Json::array();
    add_composition(list, "complete", "assemblies", assembled);
    add_composition(list, "unknown", "assemblies", unopened);
    add_composition(list, "complete", "dependencies", complete);
    add_composition(list, "incomplete", "dependencies", incomplete);
    add_composition(list, "unknown", "dependencies", unknown);
    return list;
}

} // namespace

std::string cyclonedx_algorithm(std::string_view algorithm)
{
    if (algorithm == "md5")
        return "MD5";
    std::string out(algorithm.substr(0, 3));
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::toupper(c); });
    return out + "-" + std::string(algorithm.substr(std::min<std::size_t>(3, algorithm.size())));
}

std::string cyclonedx_serial(const Json& document)
{
    // The signature of a signed document is not part of what is numbered.
    Json content = Json::object();
    if (const Json::Object* members = document.members())
        for (const Json::Member& member : *members)
            if (member.key != "serialNumber" && member.key != "signature")
                content.set(member.key, member.value);
    return "urn:uuid:" + uuid_of("cyclonedx\n" + canonical_json(content));
}

Json cyclonedx(const Graph& graph)
{
    ByRef by_ref;
    for (const Component& component : graph.components)
        by_ref.emplace(component.ref, &component);
    Json document = Json::object({{"$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json"},
                                  {"bomFormat", "CycloneDX"},
                                  {"specVersion", "1.6"},
                                  {"serialNumber", nullptr},
                                  {"version", 1}});
    document.set("metadata", metadata_of(graph, by_ref));
    Json components = Json::array();
    for (const Component& component : graph.components)
        if (component.ref != graph.subject)
            components.push(cyclonedx_component(component, by_ref));
    document.set("components", std::move(components));
    document.set("dependencies", dependencies_of(graph));
    if (Json compositions = compositions_of(graph); !compositions.elements()->empty())
        document.set("compositions", std::move(compositions));
    if (!graph.runs.empty())
        document.set("formulation", cyclonedx_formulation(graph, by_ref));
    document.set("serialNumber", cyclonedx_serial(document));
    return document;
}

} // namespace albs::sbom
