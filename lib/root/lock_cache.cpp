// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/lock_cache.hpp"

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "base/digest.hpp"
#include "root/cache.hpp"
#include "sys/hash_file.hpp"

namespace albs::root {
namespace {

constexpr const char* memory = "solved";

Result<Json> state_of(const repositories::SyncedRepository& synced)
{
    const repositories::Repository& from = synced.repository;
    std::string key;
    if (!from.gpgkey.empty()) {
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(from.gpgkey));
        key = digest.sha256.hex();
    }
    return Json::object({{"name", from.name},
                         {"repomd", synced.state.repomd},
                         {"key", key},
                         {"check_metadata", from.check_metadata},
                         {"check_packages", from.check_packages},
                         {"priority", from.priority},
                         {"excludes", Json::strings(from.excludes)},
                         {"includes", Json::strings(from.includes)},
                         {"module_hotfixes", from.module_hotfixes}});
}

} // namespace

Result<std::string> lock_question(const std::string& platform, const repositories::RootQuery& question,
                                  const std::vector<repositories::SyncedRepository>& repositories)
{
    Json states = Json::array();
    for (const repositories::SyncedRepository& one : repositories) {
        ALBS_TRY(Json state, state_of(one));
        states.push(std::move(state));
    }
    return canonical_json(Json::object({{"version", ALBS_VERSION},
                                        {"platform", platform},
                                        {"arch", question.arch},
                                        {"words", Json::strings(question.words)},
                                        {"needs", Json::strings(question.needs)},
                                        {"base", Json::strings(question.base)},
                                        {"weak", question.weak},
                                        {"best", question.best},
                                        {"enable", Json::strings(question.enable)},
                                        {"disable", Json::strings(question.disable)},
                                        {"platform_id", question.platform_id},
                                        {"repositories", states}}));
}

std::optional<SolvedLock> recall_lock(const store::Workspace& workspace, const std::string& question)
{
    auto text = workspace.recall(memory, question);
    if (!text)
        return std::nullopt;
    auto document = read_json(*text);
    if (!document || !document->is_object())
        return std::nullopt;
    Fields fields(*document);
    std::string digest = fields.sha256("lock");
    SolvedLock solved{"", fields.strings("warnings")};
    auto roots = Cache::of(workspace);
    if (!fields.done() || !roots || !roots->has(digest) || !workspace.store().has(digest))
        return std::nullopt;
    auto lock = workspace.store().read(digest);
    if (!lock)
        return std::nullopt;
    solved.lock = *std::move(lock);
    return solved;
}

Status remember_lock(store::Workspace& workspace, const std::string& question, const SolvedLock& solved)
{
    ALBS_TRY(sys::FileDigest digest, workspace.store().put_bytes(solved.lock));
    return workspace.remember(
        memory, question,
        write_json(Json::object({{"lock", digest.sha256.hex()}, {"warnings", Json::strings(solved.warnings)}})));
}

} // namespace albs::root
