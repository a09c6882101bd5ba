// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/slsa_provenance.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "albs/json/fields.hpp"
#include "albs/statement/transformed.hpp"

namespace albs::sbom {
namespace {

constexpr std::string_view build_type = "https://build.almalinux.org/attestation/rpm-build/v1";

Json descriptor(std::string_view name, std::string_view algorithm, const std::string& digest)
{
    return Json::object({{"name", name}, {"digest", Json::object({{std::string(algorithm), digest}})}});
}

Json dependencies_of(const Manifest& manifest, const Graph& graph, const Run& run, const Task& task)
{
    Json list = Json::array();
    if (const Source* source = manifest.source(task.source)) {
        if (source->commit)
            list.push(Json::object({{"uri", "git+" + source->url.value_or("") + "@" + *source->commit},
                                    {"digest", Json::object({{"gitCommit", *source->commit}})}}));
        if (source->files)
            list.push(descriptor("source tree", "sha256", *source->files));
        if (const OptionalString& package = task.srpm ? task.srpm : source->srpm) {
            const Artifact* srpm = manifest.artifact(*package);
            list.push(
                descriptor(srpm == nullptr ? "source package" : std::string_view(srpm->name), "sha256", *package));
        }
        for (const LookasideFile& file : source->lookaside) {
            Json one = Json::object({{"name", file.path}});
            if (!file.url.empty())
                one.set("uri", file.url);
            Json digests = Json::object({{"sha256", file.sha256}});
            digests.set(file.algorithm, file.digest);
            one.set("digest", std::move(digests));
            list.push(std::move(one));
        }
    }
    for (const PinnedFile& file : task.pinned) {
        Json one = Json::object({{"name", file.name}, {"uri", file.url}});
        one.set("digest", Json::object({{"sha256", file.sha256}, {"sha512", file.sha512}}));
        list.push(std::move(one));
    }
    add_transformed(list, manifest.source(task.source), task);
    if (task.buildroot)
        list.push(descriptor("buildroot lock", "sha256", *task.buildroot));
    for (const Component& tool : graph.tools)
        if (!tool.hashes.empty() && std::binary_search(run.tools.begin(), run.tools.end(), tool.ref)) {
            Json one = Json::object({{"uri", tool.purl}, {"name", tool.name + "-" + tool.version}});
            one.set("digest", Json::object({{"sha256", tool.hashes[0].hex}}));
            list.push(std::move(one));
        }
    return list;
}

// Packages by the digest of the file that was built: itself, and what was signed from it.
using PackageForms = std::unordered_map<std::string_view, std::vector<const Artifact*>>;

PackageForms forms_of(const Manifest& manifest)
{
    PackageForms forms;
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.kind == "rpm" || artifact.kind == "srpm")
            forms[artifact.unsigned_sha256 ? *artifact.unsigned_sha256 : artifact.sha256].push_back(&artifact);
    return forms;
}

// Both forms of a package are subjects: the statement is found by whoever holds either file.
Json subjects_of(const PackageForms& forms, const Task& task)
{
    std::map<std::pair<std::string, std::string>, Json> subjects;
    for (const JsonText& built : task.artifacts) {
        auto found = forms.find(built);
        if (found == forms.end())
            continue;
        for (const Artifact* artifact : found->second)
            subjects.emplace(std::pair(artifact->name, artifact->sha256),
                             descriptor(artifact->name, "sha256", artifact->sha256));
    }
    Json list = Json::array();
    for (auto& [key, subject] : subjects)
        list.push(std::move(subject));
    return list;
}

Json statement_of(const Manifest& manifest, const PackageForms& forms, const Graph& graph, const Run& run,
                  const Task& task, const std::string& builder)
{
    Json parameters = Json::object({{"platform", task.platform}, {"arch", task.arch}, {"source", task.source}});
    if (const Source* source = manifest.source(task.source)) {
        parameters.set("url", optional_json(source->url));
        parameters.set("ref", optional_json(source->ref));
    }
    Json byproducts = Json::array();
    if (task.log)
        byproducts.push(descriptor("build log", "sha256", *task.log));
    Json definition = Json::object({{"buildType", build_type}});
    definition.set("externalParameters", std::move(parameters));
    Json own = Json::object({{"backend", task.backend}, {"network", task.network}, {"isolation", task.isolation}});
    if (Json changes = transformations_of(manifest.source(task.source), task); !changes.elements()->empty())
        own.set("transformations", std::move(changes));
    definition.set("internalParameters", std::move(own));
    definition.set("resolvedDependencies", dependencies_of(manifest, graph, run, task));
    Json details = Json::object(
        {{"builder", Json::object({{"id", builder}, {"version", Json::object({{"albs", graph.tool_version}})}})},
         {"metadata",
          Json::object(
              {{"invocationId", plain_id(task)}, {"startedOn", task.started}, {"finishedOn", task.finished}})}});
    details.set("byproducts", std::move(byproducts));
    Json predicate = Json::object();
    predicate.set("buildDefinition", std::move(definition));
    predicate.set("runDetails", std::move(details));
    Json statement = Json::object({{"_type", "https://in-toto.io/Statement/v1"}});
    statement.set("subject", subjects_of(forms, task));
    statement.set("predicateType", "https://slsa.dev/provenance/v1");
    statement.set("predicate", std::move(predicate));
    return statement;
}

} // namespace

std::vector<Json> provenance(const Manifest& manifest, const Graph& graph, const std::string& builder)
{
    std::vector<Json> statements;
    const PackageForms forms = forms_of(manifest);
    for (const Run& run : graph.runs)
        if (const Task* task = manifest.task(run.id))
            statements.push_back(statement_of(manifest, forms, graph, run, *task, builder));
    return statements;
}

} // namespace albs::sbom
