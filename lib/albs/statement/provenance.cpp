// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/provenance.hpp"

#include "albs/json/fields.hpp"
#include "albs/statement/transformed.hpp"

namespace albs {
namespace {

constexpr std::string_view own_types = "https://build.almalinux.org/attestation/";

} // namespace

std::string own_type(std::string_view what)
{
    return std::string(own_types) + std::string(what) + "/v1";
}

Json descriptor(const Json& name, std::string_view algorithm, const std::string& digest)
{
    return Json::object({{"name", name}, {"digest", Json::object({{std::string(algorithm), digest}})}});
}

Json git_descriptor(const Source& source)
{
    Json digest = Json::object({{"gitCommit", *source.commit}});
    if (!source.url)
        return Json::object({{"name", plain_id(source)}, {"digest", std::move(digest)}});
    return Json::object({{"uri", "git+" + *source.url + "@" + *source.commit}, {"digest", std::move(digest)}});
}

Json provenance_of(const Manifest& manifest, const Task& task, const StatementSigner& signer)
{
    const Source* source = manifest.source(task.source);
    Json parameters = Json::object({{"platform", task.platform}, {"arch", task.arch}});
    Json dependencies = Json::array();
    if (source != nullptr) {
        parameters.set("url", optional_json(source->url));
        parameters.set("ref", optional_json(source->ref));
        if (source->commit)
            dependencies.push(git_descriptor(*source));
        if (source->files)
            dependencies.push(descriptor("source tree", "sha256", *source->files));
        if (const OptionalString& srpm = task.srpm ? task.srpm : source->srpm)
            dependencies.push(descriptor("source package", "sha256", *srpm));
        for (const LookasideFile& file : source->lookaside)
            dependencies.push(descriptor(file.path, "sha256", file.sha256));
    }
    for (const PinnedFile& file : task.pinned)
        dependencies.push(descriptor(file.name, "sha256", file.sha256));
    add_transformed(dependencies, source, task);
    for (const auto& [name, digest] :
         {std::pair("platform definition", &task.definition), std::pair("buildroot lock", &task.buildroot)})
        if (*digest)
            dependencies.push(descriptor(name, "sha256", **digest));
    Json byproducts = task.log ? Json::array({descriptor("build log", "sha256", *task.log)}) : Json::array();
    Json own = Json::object({{"backend", task.backend}, {"network", task.network}, {"isolation", task.isolation}});
    if (Json changes = transformations_of(source, task); !changes.elements()->empty())
        own.set("transformations", std::move(changes));
    Json definition = Json::object({{"buildType", own_type("rpm-build")},
                                    {"externalParameters", std::move(parameters)},
                                    {"internalParameters", std::move(own)},
                                    {"resolvedDependencies", std::move(dependencies)}});
    Json run = Json::object(
        {{"builder", Json::object({{"id", "https://" + signer.origin + "/albs-build"}})},
         {"metadata",
          Json::object({{"invocationId", plain_id(task)}, {"startedOn", task.started}, {"finishedOn", task.finished}})},
         {"byproducts", std::move(byproducts)}});
    return Json::object({{"buildDefinition", std::move(definition)}, {"runDetails", std::move(run)}});
}

} // namespace albs
