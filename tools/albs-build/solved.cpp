// SPDX-License-Identifier: GPL-3.0-or-later
#include "solved.hpp"

#include "albs/digest.hpp"
#include "albs/fields.hpp"
#include "albs/json.hpp"
#include "root/cache.hpp"

namespace albs::build {
namespace {

constexpr const char* memory = "solved";

Result<Json> state_of(const metadata::Synced& synced)
{
    const metadata::Repository& from = synced.repository;
    std::string key;
    if (!from.gpgkey.empty()) {
        ALBS_TRY(FileDigest digest, digest_file(from.gpgkey));
        key = digest.sha256.hex();
    }
    return Json::object({{"name", from.name},
                         {"repomd", synced.state.repomd},
                         {"key", key},
                         {"check_metadata", from.check_metadata},
                         {"check_packages", from.check_packages},
                         {"priority", from.priority},
                         {"excludes", Json::strings(from.excludes)},
                         {"module_hotfixes", from.module_hotfixes}});
}

} // namespace

Result<std::string> question_text(const std::string& platform, const metadata::Question& question,
                                  const std::vector<metadata::Synced>& repositories)
{
    Json states = Json::array();
    for (const metadata::Synced& one : repositories) {
        ALBS_TRY(Json state, state_of(one));
        states.push(std::move(state));
    }
    return canonical_json(Json::object({{"version", ALBS_VERSION},
                                        {"platform", platform},
                                        {"arch", question.arch},
                                        {"words", Json::strings(question.words)},
                                        {"needs", Json::strings(question.needs)},
                                        {"weak", question.weak},
                                        {"best", question.best},
                                        {"enable", Json::strings(question.enable)},
                                        {"disable", Json::strings(question.disable)},
                                        {"platform_id", question.platform_id},
                                        {"repositories", states}}));
}

std::optional<Solved> recall_solved(const store::Workspace& workspace, const std::string& question)
{
    auto text = workspace.recall(memory, question);
    auto document = text ? read_json(*text) : Result<Json>(Json());
    if (!document || !document->is_object())
        return std::nullopt;
    Fields fields(*document);
    std::string digest = fields.sha256("lock");
    Solved solved{"", fields.strings("warnings")};
    auto roots = root::Cache::of(workspace);
    if (!fields.done() || !roots || !roots->has(digest) || !workspace.store().has(digest))
        return std::nullopt;
    auto lock = workspace.store().read(digest);
    if (!lock)
        return std::nullopt;
    solved.lock = *std::move(lock);
    return solved;
}

Status remember_solved(store::Workspace& workspace, const std::string& question, const Solved& solved)
{
    ALBS_TRY(FileDigest digest, workspace.store().put_bytes(solved.lock));
    return workspace.remember(memory, question,
                              write_json(Json::object({{"lock", digest.sha256.hex()},
                                                       {"warnings", Json::strings(solved.warnings)}})));
}

} // namespace albs::build
