// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/binding.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
#include "albs/statement/test_run.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// What the record's list of members says is bound. Members that the binding has already keep their place: statements
// are hashed as they are written.
template <class Record> void add_bound(Json& binding, const Record& record)
{
    Json bound = RecordType<Record>::write(record, Part::bound);
    for (Json::Member& member : *bound.members())
        binding.set(member.key, std::move(member.value));
}

template <class Record> Json binding_of(std::string_view kind, const Record& record)
{
    Json binding = Json::object({{"record", kind}});
    add_bound(binding, record);
    return binding;
}

// What names a file, and for an RPM what its header says.
Json file_members(const Artifact& artifact)
{
    Json binding = binding_of("file", artifact);
    Json header = RecordType<RpmInfo>::write(artifact.rpm.value_or(RpmInfo()), Part::bound);
    for (const Json::Member& member : *header.members())
        binding.set(member.key, artifact.rpm ? member.value : Json());
    return binding;
}

// A statement names one of the names that the file has.
Artifact under_name(Artifact artifact, const std::string& name)
{
    if (std::find(artifact.names.begin(), artifact.names.end(), name) != artifact.names.end())
        artifact.name = name;
    return artifact;
}

tl::unexpected<Error> missing(std::string_view what, std::string_view id)
{
    return fail(Kind::trust, format_text("the manifest has no {} '{}'", what, id));
}

// A binding of each attempt.
template <class Record, class Bind>
Result<std::vector<Json>> of_attempts(const Manifest& manifest, std::string_view what, std::string_view id,
                                      const Bind& bind)
{
    std::vector<Json> bindings;
    for (const Record* record : manifest.attempts<Record>(id))
        bindings.push_back(bind(*record));
    if (bindings.empty())
        return missing(what, id);
    return bindings;
}

Result<std::vector<Json>> of_source_package(const Manifest& manifest, const Artifact& artifact, const Json& stated)
{
    std::string name = text_member(stated, "source");
    std::vector<Json> bindings;
    for (const Source* source : manifest.attempts<Source>(name))
        if (source->srpm && artifact.sha256 == *source->srpm)
            bindings.push_back(srpm_binding(artifact, *source));
    if (bindings.empty())
        return fail(Kind::trust, "recorded as the source package of '" + name + "', whose 'srpm' is another");
    return bindings;
}

Result<std::vector<Json>> of_built_file(const Manifest& manifest, const Artifact& artifact, const Json& stated)
{
    std::string name = text_member(stated, "task");
    std::vector<Json> bindings;
    for (const Task* task : manifest.attempts<Task>(name))
        if (manifest.is_of_task(artifact.sha256, *task))
            for (Json& binding : build_bindings(manifest, artifact, *task))
                bindings.push_back(std::move(binding));
    if (bindings.empty())
        return fail(Kind::trust,
                    "recorded as made by the task '" + name + "', of whose 'artifacts' and 'log' it is none");
    return bindings;
}

Result<std::vector<Json>> of_artifact(const Manifest& manifest, std::string_view kind, std::string_view about,
                                      const Json& stated)
{
    const Artifact* found = manifest.artifact(about);
    if (found == nullptr)
        return missing("artifact", about);
    Artifact artifact = under_name(*found, text_member(stated, "name"));
    if (kind == "srpm")
        return of_source_package(manifest, artifact, stated);
    if (kind == "build")
        return of_built_file(manifest, artifact, stated);
    // Who recorded it as a file only knew less of it.
    if (text_member(stated, "kind") == "file") {
        artifact.kind = "file";
        artifact.rpm.reset();
    }
    return std::vector<Json>{file_binding(artifact)};
}

} // namespace

Json source_binding(const Source& source)
{
    return binding_of("source", source);
}

Json srpm_binding(const Artifact& artifact, const Source& source)
{
    Json binding = file_members(artifact);
    binding.set("record", "srpm");
    binding.set("source", plain_id(source));
    binding.set("source_key", source_key(source));
    return binding;
}

Json build_binding(const Manifest& manifest, const Artifact& artifact, const Task& task)
{
    return build_binding(artifact, task, manifest.source(task.source));
}

std::vector<Json> build_bindings(const Manifest& manifest, const Artifact& artifact, const Task& task)
{
    std::vector<Json> bindings;
    for (const Source* source : manifest.attempts<Source>(task.source))
        bindings.push_back(build_binding(artifact, task, source));
    if (bindings.empty())
        bindings.push_back(build_binding(artifact, task, nullptr));
    return bindings;
}

Json build_binding(const Artifact& artifact, const Task& task, const Source* source)
{
    Json binding = file_members(artifact);
    binding.set("record", "build");
    binding.set("task", nullptr);
    binding.set("source", nullptr);
    binding.set("source_key", source == nullptr ? Json() : Json(source_key(*source)));
    add_bound(binding, task);
    return binding;
}

Json test_binding(const TestResult& test)
{
    return binding_of("test", test);
}

Json signature_binding(const Manifest& manifest, const Signature& signature)
{
    const Artifact* artifact = manifest.artifact(signature.artifact);
    const RpmInfo* rpm = artifact != nullptr && artifact->rpm ? &*artifact->rpm : nullptr;
    Json binding = Json::object({{"record", "signature"},
                                 {"id", nullptr},
                                 {"artifact", nullptr},
                                 {"unsigned", nullptr},
                                 {"name", artifact == nullptr ? Json() : Json(artifact->name)},
                                 {"nevra", rpm == nullptr ? Json() : Json(rpm->nevra)},
                                 {"header_sha256", rpm == nullptr ? Json() : Json(rpm->header_sha256)}});
    add_bound(binding, signature);
    return binding;
}

Json release_binding(const Release& release)
{
    return binding_of("release", release);
}

Json errata_binding(const Erratum& erratum)
{
    return binding_of("errata", erratum);
}

Json reproduction_binding(const Reproduction& reproduction)
{
    return binding_of("reproduction", reproduction);
}

Json file_binding(const Artifact& artifact)
{
    return file_members(artifact);
}

std::string source_key(const Source& source)
{
    return sha256(canonical_json(source_binding(source))).hex();
}

Result<std::vector<Json>> expected_bindings(const Manifest& manifest, std::string_view kind, std::string_view about,
                                            const Json& stated)
{
    if (kind == "source")
        return of_attempts<Source>(manifest, "source", about, source_binding);
    if (kind == "srpm" || kind == "build" || kind == "file")
        return of_artifact(manifest, kind, about, stated);
    if (kind == "test" && lists_checks(stated)) {
        ALBS_TRY(Json binding, recorded_run(manifest, about, stated));
        return std::vector<Json>{std::move(binding)};
    }
    if (kind == "test")
        return of_attempts<TestResult>(manifest, "test", about, test_binding);
    if (kind == "signature")
        return of_attempts<Signature>(manifest, "signature", about, [&](const Signature& signature) {
            return signature_binding(manifest, signature);
        });
    if (kind == "release")
        return of_attempts<Release>(manifest, "release", about, release_binding);
    if (kind == "reproduction")
        return of_attempts<Reproduction>(manifest, "reproduction", about, reproduction_binding);
    if (kind == "errata") {
        const Erratum* erratum = manifest.find<Erratum>(about);
        return erratum == nullptr ? Result<std::vector<Json>>(missing("erratum", about))
                                  : std::vector<Json>{errata_binding(*erratum)};
    }
    return fail(Kind::trust, "a notarization of the unknown kind '" + std::string(kind) + "'");
}

std::vector<std::string> said_in(const Json& binding)
{
    std::string kind = text_member(binding, "record");
    if (kind == "test")
        return stated_tests(binding);
    if (kind != "build")
        return {canonical_json(binding)};
    Json told = binding;
    told.set("source_key", nullptr);
    return {canonical_json(told)};
}

} // namespace albs
