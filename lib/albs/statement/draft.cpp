// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/draft.hpp"

#include <set>

#include "albs/json/fields.hpp"
#include "albs/manifest/purl.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/provenance.hpp"
#include "base/url.hpp"

namespace albs {
namespace {

constexpr std::string_view statement_type = "https://in-toto.io/Statement/v1";
constexpr std::string_view provenance_type = "https://slsa.dev/provenance/v1";
constexpr std::string_view test_type = "https://in-toto.io/attestation/test-result/v0.1";
constexpr std::string_view summary_type = "https://slsa.dev/verification_summary/v1";

Json statement_of(Json subject, std::string_view type, Json predicate, Json binding, const AlbsRecord& record)
{
    predicate.set("albs_binding", std::move(binding));
    predicate.set("albs_record", record.json());
    return Json::object({{"_type", statement_type},
                         {"subject", std::move(subject)},
                         {"predicateType", type},
                         {"predicate", std::move(predicate)}});
}

AlbsRecord file_record(const Artifact& artifact, const StatementSigner& signer)
{
    return AlbsRecord{.key = artifact.sha256,
                      .name = artifact.name,
                      .kind = "file",
                      .size = artifact.size,
                      .signer = signer.key,
                      .metadata = Json::object({{"sbom_api_ver", "0.2"}})};
}

// Where a package came from, under the names that ALBS's build node uses.
void add_source(Json& metadata, const Source& source)
{
    if (source.commit) {
        metadata.set("source_type", "git");
        metadata.set("git_url", optional_json(source.url));
        metadata.set("git_ref", optional_json(source.ref));
        metadata.set("git_commit", *source.commit);
        metadata.set("alma_commit_sbom_hash", source_key(source));
    } else if (source.srpm) {
        metadata.set("source_type", "srpm");
        metadata.set("srpm_url", optional_json(source.url));
        metadata.set("srpm_sha256", *source.srpm);
    } else {
        metadata.set("source_type", "directory");
        metadata.set("source_tree_sha256", content_of(source));
    }
}

void add_package(Json& metadata, const Artifact& artifact)
{
    if (!artifact.rpm)
        return;
    metadata.set("name", artifact.rpm->name);
    metadata.set("epoch", optional_json(artifact.rpm->epoch));
    metadata.set("version", artifact.rpm->version);
    metadata.set("release", artifact.rpm->release);
    metadata.set("arch", artifact.rpm->arch);
    metadata.set("sourcerpm", optional_json(artifact.rpm->sourcerpm));
}

} // namespace

Draft source_draft(const Manifest& manifest, const Source& source, const StatementSigner& signer)
{
    const std::string id(plain_id(source));
    Json subject = Json::array();
    if (source.commit)
        subject.push(descriptor(source.url ? Json(*source.url) : Json(id), "gitCommit", *source.commit));
    const Artifact* content = manifest.artifact(content_of(source));
    subject.push(descriptor(content == nullptr ? Json(id) : Json(content->name), "sha256", content_of(source)));
    for (const LookasideFile& file : source.lookaside)
        subject.push(descriptor(file.path, "sha256", file.sha256));
    std::string git_name = source.commit ? git_record_name(source.url.value_or(id), *source.commit) : id;
    AlbsRecord record{.key = source_key(source),
                      .name = std::move(git_name),
                      .kind = source.commit ? "git" : "file",
                      .size = content == nullptr ? 0 : content->size,
                      .signer = signer.key,
                      .metadata = Json::object({{"sbom_api_ver", "0.2"}})};
    if (source.commit)
        record.metadata.set("git", Json::object({{"Commit", *source.commit}, {"Tree", optional_json(source.tree)}}));
    return Draft{.kind = "source",
                 .about = id,
                 .subject = source.commit.value_or(content_of(source)),
                 .statement = statement_of(std::move(subject), own_type("source"), Json::object(),
                                           source_binding(source), record)};
}

Draft srpm_draft(const Artifact& artifact, const Source& source, const StatementSigner& signer)
{
    AlbsRecord record = file_record(artifact, signer);
    add_source(record.metadata, source);
    add_package(record.metadata, artifact);
    Json dependencies = Json::array();
    if (source.commit)
        dependencies.push(git_descriptor(source));
    for (const LookasideFile& file : source.lookaside)
        dependencies.push(descriptor(file.path, "sha256", file.sha256));
    Json definition = Json::object(
        {{"buildType", own_type("srpm")},
         {"externalParameters", Json::object({{"url", optional_json(source.url)}, {"ref", optional_json(source.ref)}})},
         {"resolvedDependencies", std::move(dependencies)}});
    Json run = Json::object({{"builder", Json::object({{"id", "https://" + signer.origin + "/albs-fetch"}})}});
    Json predicate = Json::object({{"buildDefinition", std::move(definition)}, {"runDetails", std::move(run)}});
    return Draft{.kind = "srpm",
                 .about = artifact.sha256,
                 .subject = artifact.sha256,
                 .statement =
                     statement_of(Json::array({descriptor(artifact.name, "sha256", artifact.sha256)}), provenance_type,
                                  std::move(predicate), srpm_binding(artifact, source), record)};
}

Draft build_draft(const Manifest& manifest, const Artifact& artifact, const Task& task, const StatementSigner& signer)
{
    AlbsRecord record = file_record(artifact, signer);
    record.metadata.set("build_arch", task.arch);
    if (const Source* source = manifest.source(task.source))
        add_source(record.metadata, *source);
    add_package(record.metadata, artifact);
    return Draft{.kind = "build",
                 .about = artifact.sha256,
                 .subject = artifact.sha256,
                 .statement = statement_of(Json::array({descriptor(artifact.name, "sha256", artifact.sha256)}),
                                           provenance_type, provenance_of(manifest, task, signer),
                                           build_binding(manifest, artifact, task), record)};
}

Draft file_draft(const Artifact& artifact, const StatementSigner& signer)
{
    return Draft{.kind = "file",
                 .about = artifact.sha256,
                 .subject = artifact.sha256,
                 .statement =
                     statement_of(Json::array({descriptor(artifact.name, "sha256", artifact.sha256)}), own_type("file"),
                                  Json::object(), file_binding(artifact), file_record(artifact, signer))};
}

Draft test_draft(const Manifest& manifest, const TestRun& run, const StatementSigner& signer)
{
    const Artifact* artifact = manifest.artifact(run.artifact);
    Artifact unknown;
    unknown.sha256 = unknown.name = run.artifact;
    const Artifact& tested = artifact == nullptr ? unknown : *artifact;
    AlbsRecord record = file_record(tested, signer);
    add_package(record.metadata, tested);
    Json passed = Json::array();
    Json failed = Json::array();
    Json skipped = Json::array(); // of ours: test-result has no list for them
    bool is_tested = false;
    for (const TestResult* test : run.checks) {
        is_tested = is_tested || (test->status == "pass" && tries_out(test->name));
        (test->status == "pass" ? passed : test->status == "fail" ? failed : skipped).push(test->name);
    }
    const char* result = !failed.elements()->empty() ? "FAILED" : is_tested ? "PASSED" : "WARNED";
    Json predicate = Json::object({{"result", result},
                                   {"configuration", Json::array()},
                                   {"passedTests", std::move(passed)},
                                   {"failedTests", std::move(failed)},
                                   {"skippedTests", std::move(skipped)}});
    set_times(predicate, run);
    return Draft{.kind = "test",
                 .about = run.artifact,
                 .subject = run.artifact,
                 .statement = statement_of(Json::array({descriptor(tested.name, "sha256", run.artifact)}), test_type,
                                           std::move(predicate), test_run_binding(run), record)};
}

Draft signature_draft(const Manifest& manifest, const Signature& signature, const StatementSigner& signer)
{
    const Artifact* artifact = manifest.artifact(signature.artifact);
    Artifact unknown;
    unknown.sha256 = unknown.name = signature.artifact;
    const Artifact& signed_file = artifact == nullptr ? unknown : *artifact;
    AlbsRecord record = file_record(signed_file, signer);
    record.metadata.set("unsigned_hash", signature.unsigned_sha256);
    record.metadata.set("sign_key_id", signature.key);
    add_package(record.metadata, signed_file);
    // Both digests are subjects: who holds either file finds the statement.
    Json subject = Json::array({descriptor(signed_file.name, "sha256", signature.artifact),
                                descriptor(signed_file.name, "sha256", signature.unsigned_sha256)});
    return Draft{.kind = "signature",
                 .about = std::string(plain_id(signature)),
                 .subject = signature.artifact,
                 .statement = statement_of(std::move(subject), own_type("rpm-signature"), Json::object(),
                                           signature_binding(manifest, signature), record)};
}

Draft release_draft(const Release& release, const StatementSigner& signer)
{
    std::string repomd = release.repository + "/repodata/repomd.xml";
    Json subject = Json::array({descriptor(repomd, "sha256", release.repomd_sha256)});
    for (const ReleasedPackage& package : release.packages)
        subject.push(descriptor(release.repository + "/" + package.path, "sha256", package.artifact));
    AlbsRecord record{.key = release.repomd_sha256,
                      .name = "repomd.xml",
                      .kind = "file",
                      .size = 0,
                      .signer = signer.key,
                      .metadata = Json::object({{"sbom_api_ver", "0.2"}, {"sign_key_id", release.key}})};
    Json predicate = Json::object(
        {{"verifier", Json::object({{"id", "https://" + signer.origin + "/albs-release"}})},
         {"timeVerified", release.published},
         {"resourceUri", "https://" + signer.origin + "/albs-release/" + percent_encode(plain_id(release), "/:")},
         {"policy", Json::object({{"uri", own_type("release-gates")}})},
         {"verificationResult", "PASSED"},
         // The gates ask for records and tests, and for no level of SLSA: that is level 0.
         {"verifiedLevels", Json::array({"SLSA_BUILD_LEVEL_0"})},
         {"slsaVersion", "1.0"}});
    return Draft{.kind = "release",
                 .about = std::string(plain_id(release)),
                 .subject = release.repomd_sha256,
                 .statement = statement_of(std::move(subject), summary_type, std::move(predicate),
                                           release_binding(release), record)};
}

Draft errata_draft(const Erratum& erratum, const StatementSigner& signer)
{
    // The packages are subjects too: who holds one finds the advisories about it.
    Json subject = Json::array({descriptor(erratum.advisory, "sha256", erratum.sha256)});
    std::set<std::string_view> named;
    for (const ErratumPackage& package : erratum.packages)
        if (named.insert(package.artifact).second)
            subject.push(descriptor(package.nevra, "sha256", package.artifact));
    AlbsRecord record{.key = erratum.sha256,
                      .name = erratum.advisory,
                      .kind = "file",
                      .size = static_cast<std::int64_t>(canonical_json(erratum.document).size()),
                      .signer = signer.key,
                      .metadata = Json::object({{"sbom_api_ver", "0.2"}})};
    return Draft{.kind = "errata",
                 .about = erratum.id,
                 .subject = erratum.sha256,
                 .statement =
                     statement_of(std::move(subject), own_type("errata"),
                                  Json::object({{"advisory", erratum.document}}), errata_binding(erratum), record)};
}

Draft reproduction_draft(const Reproduction& reproduction, const StatementSigner& signer)
{
    // Signed files are subjects too: who holds one finds what was said of what was signed.
    Json subject = Json::array({descriptor(reproduction.name, "sha256", reproduction.artifact)});
    for (const JsonText& file : reproduction.signed_files)
        subject.push(descriptor(reproduction.name, "sha256", file));
    AlbsRecord record{.key = reproduction.artifact,
                      .name = reproduction.name,
                      .kind = "file",
                      .size = 0,
                      .signer = signer.key,
                      .metadata = Json::object({{"sbom_api_ver", "0.2"}})};
    return Draft{.kind = "reproduction",
                 .about = std::string(plain_id(reproduction)),
                 .subject = reproduction.artifact,
                 .statement = statement_of(std::move(subject), own_type("reproduction"),
                                           Json::object({{"finishedOn", reproduction.finished}}),
                                           reproduction_binding(reproduction), record)};
}

} // namespace albs
