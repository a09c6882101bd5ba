// SPDX-License-Identifier: GPL-3.0-or-later
#include "known_commit.hpp"

#include "albs/manifest/source_tree.hpp"
#include "base/digest.hpp"
#include "history.hpp"

namespace albs::fetch {
namespace {

/// Another version may refuse what this one took.
std::string key_of(const std::string& commit, const std::string& repository)
{
    return sha256(ALBS_VERSION "\n" + commit + "\n" + repository).hex();
}

bool has_all(const store::Store& store, const SourceTree& tree, const std::vector<LookasideFile>& lookaside)
{
    for (const LookasideFile& file : lookaside) {
        const SourceFile* kept = tree.find(file.path);
        if (kept == nullptr || kept->sha256 != file.sha256)
            return false;
    }
    for (const SourceFile& file : tree.files)
        if (!store.path(file.sha256))
            return false;
    return true;
}

} // namespace

std::optional<KnownCommit> recall_commit(const Session& session, const std::string& commit,
                                         const std::string& repository)
{
    std::optional<std::string> text = session.workspace.recall("commits", key_of(commit, repository));
    if (!text)
        return std::nullopt;
    Result<Json> memo = read_json(*text);
    const Json* record = memo ? memo->find("source") : nullptr;
    const Json* submodules = memo ? memo->find("submodules") : nullptr;
    if (record == nullptr || submodules == nullptr || submodules->elements() == nullptr)
        return std::nullopt;
    Result<Source> source = read_record<Source>(*record);
    if (!source || source->commit != commit || !source->files)
        return std::nullopt;
    KnownCommit known{std::move(*source), 0, {}, {}};
    for (const Json& path : *submodules->elements())
        if (path.string() != nullptr)
            known.submodules.emplace_back(path.string()->view());
    const store::Store& store = session.workspace.store();
    Result<std::string> list = store.read(*known.source.files);
    Result<SourceTree> tree = list.and_then([](const std::string& read) { return read_source_tree(read); });
    if (!tree || !has_all(store, *tree, known.source.lookaside))
        return std::nullopt;
    known.list_size = static_cast<std::int64_t>(list->size());
    if (known.source.history) {
        Result<Artifact> history = stored_history(session, *known.source.history, known.source.name);
        if (!history)
            return std::nullopt;
        known.history = std::move(*history);
    }
    return known;
}

Status remember_commit(const Session& session, const FetchedSource& fetched, const std::string& repository,
                       const std::vector<std::string>& submodules)
{
    Json memo = Json::object({{"source", to_json(fetched.source)}, {"submodules", Json::strings(submodules)}});
    return session.workspace.remember("commits", key_of(fetched.source.commit.value_or(""), repository),
                                      write_json(memo));
}

} // namespace albs::fetch
