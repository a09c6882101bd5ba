// SPDX-License-Identifier: GPL-3.0-or-later
// How it was built: each task a workflow from the source package to its files, with the buildroot as its resources.
#include "albs/formats/cyclonedx_parts.hpp"

namespace albs::sbom {
namespace {

Json resource(const std::string& ref)
{
    return Json::object({{"ref", ref}});
}

Json workflow_of(const Run& run)
{
    Json workflow = Json::object({{"bom-ref", "task:" + run.id}, {"uid", run.id}, {"name", run.id}});
    Json resources = Json::array();
    for (const std::string& tool : run.tools)
        resources.push(resource(tool));
    if (!resources.elements()->empty())
        workflow.set("resourceReferences", std::move(resources));
    workflow.set("taskTypes", Json::array({"build"}));
    if (!run.source.empty())
        workflow.set("inputs", Json::array({Json::object({{"resource", resource(run.source)}})}));
    Json outputs = Json::array();
    for (const std::string& output : run.outputs)
        outputs.push(Json::object({{"type", "artifact"}, {"resource", resource(output)}}));
    workflow.set("outputs", std::move(outputs));
    if (!run.started.empty())
        workflow.set("timeStart", run.started);
    if (!run.finished.empty())
        workflow.set("timeEnd", run.finished);
    std::vector<Property> properties = run.properties;
    if (!run.lock.empty())
        properties.push_back({"albs:build:buildroot-sha256", run.lock});
    if (!run.log.empty())
        properties.push_back({"albs:build:log-sha256", run.log});
    workflow.set("properties", cyclonedx_properties(properties));
    return workflow;
}

} // namespace

Json cyclonedx_formulation(const Graph& graph, const ByRef& by_ref)
{
    Json formula = Json::object();
    Json tools = Json::array();
    for (const Component& tool : graph.tools)
        tools.push(cyclonedx_component(tool, by_ref));
    if (!tools.elements()->empty())
        formula.set("components", std::move(tools));
    Json workflows = Json::array();
    for (const Run& run : graph.runs)
        workflows.push(workflow_of(run));
    formula.set("workflows", std::move(workflows));
    return Json::array({std::move(formula)});
}

} // namespace albs::sbom
