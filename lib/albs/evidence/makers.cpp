// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a file is what the ledger says that its task made: no task without a record of its own, no other file in the
// place of one that was recorded.
#include <algorithm>
#include <set>

#include "albs/crypto/dsse.hpp"
#include "albs/evidence/evidence.hpp"
#include "albs/evidence/proof.hpp"
#include "albs/json/fields.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/statement.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// What the statement binds, whether or not it holds.
Result<Json> unverified_binding(const Manifest& manifest, const Notarization& notarization)
{
    if (Json statement = manifest.statement_of(notarization); !statement.is_null())
        return stated_binding(statement);
    ALBS_TRY(Envelope envelope, Envelope::from(notarization.envelope));
    ALBS_TRY(Json statement, read_json(envelope.payload));
    return stated_binding(statement);
}

// What a statement may say of the file: under any of its names, from any attempt at the source.
std::vector<Digest> build_digests(const Manifest& manifest, Artifact artifact, const Task& task)
{
    std::vector<Digest> digests;
    std::vector<JsonText> names = artifact.names;
    names.push_back(artifact.name);
    for (const JsonText& name : names) {
        artifact.name = name;
        for (const Json& binding : build_bindings(manifest, artifact, task))
            digests.push_back(sha256(canonical_json(binding)));
    }
    return digests;
}

// What was built in a root names the root's lock; the lock itself is a file that no task claims.
bool has_as_lock_only(const Task& task, const Artifact& artifact)
{
    return task.buildroot == artifact.sha256 && task.log != artifact.sha256 &&
           std::find(task.artifacts.begin(), task.artifacts.end(), artifact.sha256) == task.artifacts.end();
}

} // namespace

// A task that claims the artifact and has no record of its own: adding a task must not borrow another's evidence.
std::string EvidenceReader::unrecorded_task(const Artifact& artifact) const
{
    std::set<std::string_view> recorded;
    std::set<Digest> bindings;
    for (const Notarization* notarization : manifest_.notarizations_about(artifact.sha256))
        if (notarization->kind == "build")
            if (const Proof& proof = proof_of(*notarization); proof.trusted && proof.record) {
                recorded.insert(proof.task);
                bindings.insert(proof.binding);
            }
    auto is_recorded = [&](const Task& task) {
        if (!recorded.contains(plain_id(task)))
            return false;
        if (!has_attempts_ || manifest_.attempts<Task>(plain_id(task)).size() < 2)
            return true;
        std::vector<Digest> said = build_digests(manifest_, artifact, task);
        return std::any_of(said.begin(), said.end(), [&](const Digest& one) { return bindings.contains(one); });
    };
    for (const Task* task : manifest_.tasks_with(artifact.sha256))
        if (!is_recorded(*task) && !has_as_lock_only(*task, artifact))
            return task->id;
    return {};
}

void EvidenceReader::index_stated_files() const
{
    const std::vector<Notarization>& all = manifest_.notarizations();
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (all[at].kind != "build" && all[at].kind != "srpm")
            continue;
        Result<Json> stated = unverified_binding(manifest_, all[at]);
        if (!stated)
            continue;
        StatedFile file{.notarization = at, .sha256 = text_member(*stated, "sha256")};
        std::string name = text_member(*stated, "name");
        // What another attempt made replaced nothing.
        auto is_there = [&](const Task* task) { return manifest_.is_of_task(file.sha256, *task); };
        std::string task = text_member(*stated, "task");
        std::vector<const Task*> tasks = manifest_.attempts<Task>(task);
        if (all[at].kind == "build" && std::none_of(tasks.begin(), tasks.end(), is_there))
            files_[{"task", task, name}].push_back(file);
        if (all[at].kind != "srpm")
            continue;
        std::vector<const Source*> sources = manifest_.attempts<Source>(text_member(*stated, "source"));
        if (std::any_of(sources.begin(), sources.end(),
                        [&](const Source* one) { return one->srpm == OptionalString(file.sha256); }))
            continue;
        for (const Source* source : sources)
            files_[{"srpm", content_of(*source), name}].push_back(file);
    }
}

// An artifact without a notarization may stand where the ledger knows another file: same task, same file name.
std::string EvidenceReader::replaced_file(const Artifact& artifact) const
{
    std::call_once(files_indexed_, [this] { index_stated_files(); });
    const Task* task = manifest_.task_of(artifact);
    const StatedFile* first = nullptr;
    auto look_at = [&](const FilePlace& place) {
        auto files = files_.find(place);
        if (files == files_.end())
            return;
        for (const StatedFile& file : files->second) {
            if (file.sha256 == artifact.sha256 || (first != nullptr && first->notarization <= file.notarization))
                continue;
            if (const Proof& proof = proof_of(file.notarization); proof.trusted && proof.entry)
                first = &file;
        }
    };
    if (task != nullptr)
        look_at({"task", std::string(plain_id(*task)), artifact.name});
    look_at({"srpm", artifact.sha256, artifact.name});
    if (first == nullptr)
        return {};
    return format_text("the ledger recorded {} as '{}', the manifest has {}", first->sha256, artifact.name,
                       artifact.sha256);
}

} // namespace albs
