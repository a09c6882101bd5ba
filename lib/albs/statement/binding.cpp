// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/binding.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
#include "base/digest.hpp"

namespace albs {
namespace {

Json lookaside_binding(const Source& source)
{
    Json files = Json::array();
    for (const LookasideFile& file : source.lookaside)
        files.push(Json::object({{"path", file.path},
                                 {"algorithm", file.algorithm},
                                 {"digest", file.digest},
                                 {"sha256", file.sha256},
                                 {"size", file.size}}));
    return files;
}

// What names a file, and for an RPM what its header says.
Json file_members(const Artifact& artifact)
{
    Json binding = Json::object({{"record", "file"},
                                 {"sha256", artifact.sha256},
                                 {"size", artifact.size},
                                 {"name", artifact.name},
                                 {"kind", artifact.kind},
                                 {"nevra", nullptr},
                                 {"header_sha256", nullptr},
                                 {"payload_sha256", nullptr}});
    if (artifact.rpm) {
        binding.set("nevra", artifact.rpm->nevra);
        binding.set("header_sha256", artifact.rpm->header_sha256);
        binding.set("payload_sha256", optional_json(artifact.rpm->payload_sha256));
    }
    return binding;
}

template <class Record> const Record* by_id(const std::vector<Record>& records, std::string_view id)
{
    auto found = std::find_if(records.begin(), records.end(), [&](const Record& record) { return record.id == id; });
    return found == records.end() ? nullptr : &*found;
}

tl::unexpected<Error> missing(std::string_view what, std::string_view id)
{
    return fail(Kind::trust, "the manifest has no " + std::string(what) + " '" + std::string(id) + "'");
}

Result<Json> expected_of_artifact(const Manifest& manifest, std::string_view kind, std::string_view about,
                                  const Json& stated)
{
    const Artifact* artifact = manifest.artifact(about);
    if (artifact == nullptr)
        return missing("artifact", about);
    if (kind == "file")
        return file_binding(*artifact);
    if (kind == "srpm") {
        std::string name = text_member(stated, "source");
        const Source* source = manifest.source(name);
        if (source == nullptr || source->srpm != about)
            return fail(Kind::trust, "recorded as the source package of '" + name + "', which it is not");
        return srpm_binding(*artifact, *source);
    }
    std::string name = text_member(stated, "task");
    const Task* task = manifest.task(name);
    if (task == nullptr || !task_made(*task, about))
        return fail(Kind::trust, "recorded as made by the task '" + name + "', which the manifest does not say");
    return build_binding(manifest, *artifact, *task);
}

} // namespace

Json source_binding(const Source& source)
{
    return Json::object({{"record", "source"},
                         {"id", source.id},
                         {"kind", source.kind},
                         {"name", source.name},
                         {"url", optional_json(source.url)},
                         {"ref", optional_json(source.ref)},
                         {"commit", optional_json(source.commit)},
                         {"tree", optional_json(source.tree)},
                         {"signature", Json::object({{"status", source.signature.status},
                                                     {"key", optional_json(source.signature.key)}})},
                         {"lookaside", lookaside_binding(source)},
                         {"srpm", source.srpm},
                         {"source_date_epoch", source.source_date_epoch}});
}

Json srpm_binding(const Artifact& artifact, const Source& source)
{
    Json binding = file_members(artifact);
    binding.set("record", "srpm");
    binding.set("source", source.id);
    binding.set("source_key", source_key(source));
    return binding;
}

Json build_binding(const Manifest& manifest, const Artifact& artifact, const Task& task)
{
    Json binding = file_members(artifact);
    const Source* source = manifest.source(task.source);
    binding.set("record", "build");
    binding.set("task", task.id);
    binding.set("source", task.source);
    binding.set("source_key", source == nullptr ? Json() : Json(source_key(*source)));
    binding.set("platform", task.platform);
    binding.set("arch", task.arch);
    binding.set("backend", task.backend);
    binding.set("status", task.status);
    binding.set("buildroot", optional_json(task.buildroot));
    binding.set("network", task.network);
    binding.set("verified", task.verified);
    return binding;
}

Json test_binding(const TestResult& test)
{
    return Json::object({{"record", "test"},
                         {"id", test.id},
                         {"artifact", test.artifact},
                         {"task", test.task},
                         {"name", test.name},
                         {"status", test.status},
                         {"reason", optional_json(test.reason)},
                         {"log", optional_json(test.log)}});
}

Json signature_binding(const Manifest& manifest, const Signature& signature)
{
    const Artifact* artifact = manifest.artifact(signature.artifact);
    const RpmInfo* rpm = artifact != nullptr && artifact->rpm ? &*artifact->rpm : nullptr;
    return Json::object({{"record", "signature"},
                         {"id", signature.id},
                         {"artifact", signature.artifact},
                         {"unsigned", signature.unsigned_sha256},
                         {"name", artifact == nullptr ? Json() : Json(artifact->name)},
                         {"nevra", rpm == nullptr ? Json() : Json(rpm->nevra)},
                         {"header_sha256", rpm == nullptr ? Json() : Json(rpm->header_sha256)},
                         {"key", signature.key},
                         {"algorithm", signature.algorithm},
                         {"created", signature.created},
                         {"waived", optional_json(signature.waived)}});
}

Json release_binding(const Release& release)
{
    Json packages = Json::array();
    for (const ReleasedPackage& package : release.packages)
        packages.push(Json::object({{"artifact", package.artifact}, {"path", package.path}}));
    return Json::object({{"record", "release"},
                         {"id", release.id},
                         {"repository", release.repository},
                         {"repomd_sha256", release.repomd_sha256},
                         {"key", release.key},
                         {"published", release.published},
                         {"packages", std::move(packages)},
                         {"previous", optional_json(release.previous)},
                         {"waived", optional_json(release.waived)}});
}

Json errata_binding(const Erratum& erratum)
{
    return Json::object({{"record", "errata"},
                         {"id", erratum.id},
                         {"advisory", erratum.advisory},
                         {"sha256", erratum.sha256},
                         {"updated", erratum.updated},
                         {"packages", packages_json(erratum)}});
}

Json file_binding(const Artifact& artifact)
{
    return file_members(artifact);
}

std::string source_key(const Source& source)
{
    return sha256(canonical_json(source_binding(source))).hex();
}

bool task_made(const Task& task, std::string_view artifact)
{
    return std::find(task.artifacts.begin(), task.artifacts.end(), artifact) != task.artifacts.end() ||
           task.log == artifact || task.buildroot == artifact;
}

Result<Json> expected_binding(const Manifest& manifest, std::string_view kind, std::string_view about,
                              const Json& stated)
{
    if (kind == "source") {
        const Source* source = manifest.source(about);
        return source == nullptr ? Result<Json>(missing("source", about)) : source_binding(*source);
    }
    if (kind == "srpm" || kind == "build" || kind == "file")
        return expected_of_artifact(manifest, kind, about, stated);
    if (kind == "test") {
        const TestResult* test = by_id(manifest.tests(), about);
        return test == nullptr ? Result<Json>(missing("test", about)) : test_binding(*test);
    }
    if (kind == "signature") {
        const Signature* signature = by_id(manifest.signatures(), about);
        return signature == nullptr ? Result<Json>(missing("signature", about))
                                    : signature_binding(manifest, *signature);
    }
    if (kind == "release") {
        const Release* release = by_id(manifest.releases(), about);
        return release == nullptr ? Result<Json>(missing("release", about)) : release_binding(*release);
    }
    if (kind == "errata") {
        const Erratum* erratum = by_id(manifest.errata(), about);
        return erratum == nullptr ? Result<Json>(missing("erratum", about)) : errata_binding(*erratum);
    }
    return fail(Kind::trust, "a notarization of the unknown kind '" + std::string(kind) + "'");
}

} // namespace albs
