// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/binding.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
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

template <class Record, class Bind>
Result<Json> binding_of_known(const Manifest& manifest, std::string_view what, std::string_view id, const Bind& bind)
{
    const Record* record = manifest.find<Record>(id);
    if (record == nullptr)
        return missing(what, id);
    return bind(*record);
}

Result<Json> expected_of_artifact(const Manifest& manifest, std::string_view kind, std::string_view about,
                                  const Json& stated)
{
    const Artifact* found = manifest.artifact(about);
    if (found == nullptr)
        return missing("artifact", about);
    const Artifact named = under_name(*found, text_member(stated, "name"));
    const Artifact* artifact = &named;
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
    if (task == nullptr || !manifest.is_of_task(about, name))
        return fail(Kind::trust, "recorded as made by the task '" + name + "', which the manifest does not say");
    return build_binding(manifest, *artifact, *task);
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
    binding.set("source", source.id);
    binding.set("source_key", source_key(source));
    return binding;
}

Json build_binding(const Manifest& manifest, const Artifact& artifact, const Task& task)
{
    Json binding = file_members(artifact);
    const Source* source = manifest.source(task.source);
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

Json file_binding(const Artifact& artifact)
{
    return file_members(artifact);
}

std::string source_key(const Source& source)
{
    return sha256(canonical_json(source_binding(source))).hex();
}

Result<Json> expected_binding(const Manifest& manifest, std::string_view kind, std::string_view about,
                              const Json& stated)
{
    if (kind == "source")
        return binding_of_known<Source>(manifest, "source", about, source_binding);
    if (kind == "srpm" || kind == "build" || kind == "file")
        return expected_of_artifact(manifest, kind, about, stated);
    if (kind == "test")
        return binding_of_known<TestResult>(manifest, "test", about, test_binding);
    if (kind == "signature")
        return binding_of_known<Signature>(manifest, "signature", about, [&](const Signature& signature) {
            return signature_binding(manifest, signature);
        });
    if (kind == "release")
        return binding_of_known<Release>(manifest, "release", about, release_binding);
    if (kind == "errata")
        return binding_of_known<Erratum>(manifest, "erratum", about, errata_binding);
    return fail(Kind::trust, "a notarization of the unknown kind '" + std::string(kind) + "'");
}

} // namespace albs
