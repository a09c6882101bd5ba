// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/statement.hpp"

#include <algorithm>
#include <set>

#include "albs/statement/draft.hpp"

namespace albs {
namespace {

constexpr std::string_view statement_type = "https://in-toto.io/Statement/v1";

// What a task made, and its log. The lock of its root is named in each of these; many tasks have the same one, and it
// is recorded once, as a file.
void add_build_drafts(const Manifest& manifest, const StatementSigner& signer, std::set<std::string_view>& made,
                      std::vector<Draft>& drafts)
{
    for (const Task& task : manifest.tasks()) {
        std::vector<JsonText> digests = task.artifacts;
        if (task.log && std::find(digests.begin(), digests.end(), *task.log) == digests.end())
            digests.push_back(*task.log);
        for (const JsonText& digest : digests)
            if (const Artifact* artifact = manifest.artifact(digest)) {
                drafts.push_back(build_draft(manifest, *artifact, task, signer));
                made.insert(artifact->sha256);
            }
    }
}

// One for each name.
void add_file_drafts(const Artifact& artifact, const StatementSigner& signer, std::vector<Draft>& drafts)
{
    drafts.push_back(file_draft(artifact, signer));
    Artifact renamed = artifact;
    for (const JsonText& name : artifact.names) {
        renamed.name = name;
        drafts.push_back(file_draft(renamed, signer));
    }
}

} // namespace

std::vector<Draft> drafts_of(const Manifest& manifest, const StatementSigner& signer)
{
    std::vector<Draft> drafts;
    std::set<std::string_view> made; // artifacts that some other statement is about
    for (const Source& source : manifest.sources())
        drafts.push_back(source_draft(manifest, source, signer));
    for (const Source& source : manifest.sources()) {
        if (source.files)
            made.insert(*source.files); // a subject of the source's own statement
        if (const Artifact* srpm = source.srpm ? manifest.artifact(*source.srpm) : nullptr) {
            drafts.push_back(srpm_draft(*srpm, source, signer));
            made.insert(srpm->sha256);
        }
    }
    add_build_drafts(manifest, signer, made, drafts);
    for (const TestResult& test : manifest.tests())
        if (test.log)
            made.insert(*test.log);
    for (const Source& source : manifest.sources())
        for (const LookasideFile& file : source.lookaside)
            made.insert(file.sha256);
    for (const Artifact& artifact : manifest.artifacts())
        if (!artifact.unsigned_sha256 && !made.contains(artifact.sha256))
            add_file_drafts(artifact, signer, drafts);
    for (const TestRun& run : test_runs(manifest))
        drafts.push_back(test_draft(manifest, run, signer));
    for (const Signature& signature : manifest.signatures())
        drafts.push_back(signature_draft(manifest, signature, signer));
    for (const Release& release : manifest.releases())
        drafts.push_back(release_draft(release, signer));
    for (const Erratum& erratum : manifest.errata())
        drafts.push_back(errata_draft(erratum, signer));
    for (const Reproduction& reproduction : manifest.reproductions())
        drafts.push_back(reproduction_draft(reproduction, signer));
    return drafts;
}

Result<Json> stated_binding(const Json& statement)
{
    const Json* type = statement.find("_type");
    const Json* predicate = statement.find("predicate");
    const Json* binding = predicate == nullptr ? nullptr : predicate->find("albs_binding");
    if (type == nullptr || type->string() == nullptr || *type->string() != statement_type || binding == nullptr ||
        !binding->is_object())
        return fail(Kind::trust, "a statement that binds no record of a manifest");
    return *binding;
}

Result<std::string> stated_subject(const Json& statement)
{
    const Json* subjects = statement.find("subject");
    if (subjects != nullptr && subjects->elements() != nullptr && !subjects->elements()->empty())
        if (const Json* digest = subjects->elements()->front().find("digest"))
            for (std::string_view algorithm : {"sha256", "gitCommit"})
                if (const Json* value = digest->find(algorithm); value != nullptr && value->string() != nullptr)
                    return *value->string();
    return fail(Kind::trust, "a statement without a subject");
}

std::vector<std::string> subjects_of(const Json& statement)
{
    std::vector<std::string> digests;
    const Json* subjects = statement.find("subject");
    if (subjects == nullptr || subjects->elements() == nullptr)
        return digests;
    for (const Json& subject : *subjects->elements())
        if (const Json* all = subject.find("digest"); all != nullptr && all->members() != nullptr)
            for (const Json::Member& digest : *all->members())
                if (const JsonText* value = digest.value.string())
                    digests.push_back(*value);
    return digests;
}

} // namespace albs
