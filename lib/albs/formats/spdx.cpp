// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/spdx.hpp"

#include "albs/formats/spdx_parts.hpp"
#include "base/format.hpp"
#include "base/url.hpp"
#include "base/uuid.hpp"

namespace albs::sbom {
namespace {

// SPDX must have a time; where nothing in the input has one, this says so.
constexpr std::string_view no_time = "1970-01-01T00:00:00Z";
constexpr std::string_view document_id = "SPDXRef-DOCUMENT";

Json creators_of(const Graph& graph)
{
    Json creators = Json::array({"Tool: albs-sbom-" + graph.tool_version});
    if (graph.author.empty())
        return creators;
    std::size_t open = graph.author.rfind('<');
    if (open == std::string::npos || graph.author.back() != '>') {
        creators.push("Organization: " + graph.author);
        return creators;
    }
    std::string name = graph.author.substr(0, open);
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    creators.push(
        format_text("Organization: {} ({})", name, graph.author.substr(open + 1, graph.author.size() - open - 2)));
    return creators;
}

void relate_components(SpdxLists& lists, const Graph& graph)
{
    for (const Component& component : graph.components) {
        std::string id = spdx_id(component.ref);
        if (graph.subject.empty() || component.ref == graph.subject)
            lists.relate(std::string(document_id), "DESCRIBES", id);
        if (!component.made_from.empty())
            lists.relate(id, "GENERATED_FROM", spdx_id(component.made_from));
        for (const std::string& other : component.depends_on)
            lists.relate(id, "DEPENDS_ON", spdx_id(other));
        if (component.dependencies_known && component.unresolved.empty() && component.depends_on.empty())
            lists.relate(id, "DEPENDS_ON", "NONE");
        else if (!component.dependencies_known && component.kind == ComponentKind::package)
            lists.relate(id, "DEPENDS_ON", "NOASSERTION");
        if (!component.debug_of.empty())
            lists.relate(id, "OTHER", spdx_id(component.debug_of), "debug information of");
    }
}

void add_buildroots(SpdxLists& lists, const Graph& graph)
{
    for (const Component& tool : graph.tools)
        add_spdx_component(lists, tool);
    for (const Run& run : graph.runs)
        for (const std::string& tool : run.tools)
            if (!run.source.empty())
                lists.relate(spdx_id(tool), "BUILD_DEPENDENCY_OF", spdx_id(run.source), run.id);
}

Json document_annotations(const SpdxLists& lists, const Graph& graph)
{
    Json list = Json::array();
    for (const Property& property : graph.properties)
        list.push(lists.annotation(property.name, property.value));
    for (const Run& run : graph.runs) {
        for (const Property& property : run.properties)
            list.push(lists.annotation("albs:run:" + run.id, property.name + "=" + property.value));
        if (!run.lock.empty())
            list.push(lists.annotation("albs:run:" + run.id, "albs:build:buildroot-sha256=" + run.lock));
        if (!run.log.empty())
            list.push(lists.annotation("albs:run:" + run.id, "albs:build:log-sha256=" + run.log));
        list.push(lists.annotation("albs:run:" + run.id, "started=" + run.started));
        list.push(lists.annotation("albs:run:" + run.id, "finished=" + run.finished));
    }
    return list;
}

} // namespace

std::string spdx_namespace(const Json& document)
{
    Json content = Json::object();
    std::string name;
    if (const Json::Object* members = document.members())
        for (const Json::Member& member : *members) {
            if (member.key == "documentNamespace")
                continue;
            if (member.key == "name" && member.value.string() != nullptr)
                name = *member.value.string();
            content.set(member.key, member.value);
        }
    // The form that the SPDX specification suggests to those who have no web server of their own.
    return format_text("https://spdx.org/spdxdocs/{}-{}", percent_encode(name, ":"),
                       uuid_of("spdx\n" + canonical_json(content)));
}

Json spdx(const Graph& graph)
{
    SpdxLists lists;
    lists.time = graph.time.value_or(std::string(no_time));
    lists.annotator = "Tool: albs-sbom-" + graph.tool_version;
    Json document = Json::object({{"spdxVersion", "SPDX-2.3"},
                                  {"dataLicense", "CC0-1.0"},
                                  {"SPDXID", document_id},
                                  {"name", graph.name},
                                  {"documentNamespace", nullptr}});
    document.set("creationInfo", Json::object({{"created", lists.time},
                                               {"creators", creators_of(graph)},
                                               {"licenseListVersion", "3.29"}}));
    for (const Component& component : graph.components)
        add_spdx_component(lists, component);
    relate_components(lists, graph);
    add_buildroots(lists, graph);
    if (Json annotations = document_annotations(lists, graph); !annotations.elements()->empty())
        document.set("annotations", std::move(annotations));
    if (!lists.licenses.empty()) {
        Json licenses = Json::array();
        for (const auto& [id, tag] : lists.licenses)
            licenses.push(Json::object({{"licenseId", id}, {"name", id.substr(11)}, {"extractedText", tag}}));
        document.set("hasExtractedLicensingInfos", std::move(licenses));
    }
    document.set("packages", std::move(lists.packages));
    document.set("relationships", std::move(lists.relationships));
    document.set("documentNamespace", spdx_namespace(document));
    return document;
}

} // namespace albs::sbom
