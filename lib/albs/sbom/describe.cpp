// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "albs/sbom/parts.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/time.hpp"

namespace albs::sbom {
namespace {

std::string name_version_release(const Component& component)
{
    return component.name + "-" + component.version;
}

// The newest thing in the input; RFC 3339 in UTC sorts as text.
std::optional<std::string> newest_time(const Manifest& manifest, const std::vector<Package>& packages)
{
    std::string newest;
    for (const StageRecord& stage : manifest.stages())
        newest = std::max(newest, stage.finished);
    if (newest.empty())
        for (const Task& task : manifest.tasks())
            newest = std::max(newest, task.finished);
    if (newest.empty())
        for (const Package& package : packages)
            if (package.header && package.header->build_time > 0)
                newest = std::max(newest, format_time(package.header->build_time));
    return newest.empty() ? std::nullopt : std::optional<std::string>(newest);
}

// Binary packages name the file of their source package; the manifest knows it by its source.
void link_sources(std::vector<Component>& components, const std::vector<const Package*>& packages,
                  const Facts& facts, const std::unordered_map<std::string, std::string>& refs)
{
    std::unordered_map<std::string, std::string> by_file;
    for (const Component& component : components)
        if (component.kind == ComponentKind::source_package)
            by_file.emplace(component.file_name, component.ref);
    for (std::size_t i = 0; i < components.size(); ++i) {
        if (components[i].kind == ComponentKind::source_package)
            continue;
        const Artifact& artifact = packages[i]->artifact;
        auto known = refs.find(facts.built_from(artifact));
        if (known != refs.end())
            components[i].made_from = known->second;
        else if (artifact.rpm && artifact.rpm->sourcerpm)
            if (auto named = by_file.find(*artifact.rpm->sourcerpm); named != by_file.end())
                components[i].made_from = named->second;
    }
}

// NAME-debuginfo holds what was stripped from NAME of the same version and architecture.
void link_debug(std::vector<Component>& components, const std::vector<const Package*>& packages)
{
    constexpr std::string_view suffix = "-debuginfo";
    auto key = [&](std::size_t i, std::string_view name) {
        const RpmInfo& rpm = *packages[i]->artifact.rpm;
        return format_text("{}-{}.{}", name, components[i].version, rpm.arch);
    };
    std::unordered_map<std::string, std::string> by_name;
    for (std::size_t i = 0; i < components.size(); ++i)
        if (packages[i]->artifact.rpm)
            by_name.emplace(key(i, components[i].name), components[i].ref);
    for (std::size_t i = 0; i < components.size(); ++i) {
        std::string_view name = components[i].name;
        if (!packages[i]->artifact.rpm || name.size() <= suffix.size() ||
            name.substr(name.size() - suffix.size()) != suffix)
            continue;
        auto found = by_name.find(key(i, name.substr(0, name.size() - suffix.size())));
        if (found != by_name.end())
            components[i].debug_of = found->second;
    }
}

// A collection is named after its only source package, or after its content.
std::string collection_name(const std::vector<Component>& components)
{
    if (components.empty())
        return "empty";
    const Component* only = nullptr;
    std::size_t sources = 0;
    Hasher content;
    for (const Component& component : components) {
        content.update(component.ref + "\n");
        if (component.kind == ComponentKind::source_package) {
            only = &component;
            ++sources;
        }
    }
    return sources == 1 ? name_version_release(*only) : "build-" + content.finish_hex().substr(0, 12);
}

void name_graph(Graph& graph, const Options& options)
{
    for (const Component& component : graph.components) {
        bool wanted = !component.hashes.empty() && component.hashes[0].hex == options.subject;
        if (!wanted && graph.components.size() != 1)
            continue;
        graph.subject = component.ref;
        graph.name = name_version_release(component);
        return;
    }
    graph.name = collection_name(graph.components);
}

void note_failed(Graph& graph, const Manifest& manifest)
{
    for (const Task* task : manifest.in_force<Task>())
        if (task->status != "ok")
            graph.properties.push_back(
                {"albs:left-out", format_text("{}: {}{}", plain_id(*task), task->status,
                                              task->reason ? ": " + task->reason->message : std::string())});
}

} // namespace

Graph describe(const Manifest& manifest, const std::vector<Package>& packages, const Locks& locks,
               const Options& options)
{
    Facts facts(manifest);
    Graph graph;
    graph.author = options.author;
    graph.tool_version = ALBS_VERSION;
    graph.time = options.time ? options.time : newest_time(manifest, packages);

    std::vector<Component> made;
    made.reserve(packages.size());
    for (const Package& package : packages)
        made.push_back(package_component(package, facts, options));
    std::vector<std::size_t> order(made.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return made[a].ref < made[b].ref; });
    std::vector<const Package*> sorted;
    std::vector<const Header*> headers;
    std::unordered_map<std::string, std::string> refs;
    for (std::size_t at : order) {
        const Package& package = packages[at];
        // The same file given twice is one component.
        if (!refs.emplace(package.artifact.sha256, made[at].ref).second)
            continue;
        if (package.artifact.unsigned_sha256)
            refs.emplace(*package.artifact.unsigned_sha256, made[at].ref);
        sorted.push_back(&package);
        headers.push_back(package.header ? &*package.header : nullptr);
        graph.components.push_back(std::move(made[at]));
    }
    // Whichever file of the source package is here stands for it.
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (graph.components[i].kind == ComponentKind::source_package)
            if (std::string package = facts.built_from(sorted[i]->artifact); !package.empty())
                refs.emplace(std::move(package), graph.components[i].ref);
    link_sources(graph.components, sorted, facts, refs);
    link_debug(graph.components, sorted);
    resolve_dependencies(graph.components, headers, options);
    add_runs(graph, facts, locks, options, refs);
    note_failed(graph, manifest);
    name_graph(graph, options);
    std::sort(graph.properties.begin(), graph.properties.end());
    return graph;
}

} // namespace albs::sbom
