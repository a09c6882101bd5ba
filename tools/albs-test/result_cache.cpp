// SPDX-License-Identifier: GPL-3.0-or-later
#include "result_cache.hpp"

#include "albs/json/fields.hpp"
#include "base/time.hpp"

namespace albs::test {

std::optional<std::vector<Finding>> recall(const store::Workspace& workspace, const std::string& key)
{
    auto text = workspace.recall("tests", key);
    if (!text)
        return std::nullopt;
    auto json = read_json(*text);
    if (!json || json->elements() == nullptr)
        return std::nullopt;
    std::vector<Finding> findings;
    for (const Json& each : *json->elements()) {
        Fields fields(each);
        findings.push_back({fields.string("name"), fields.string("status"), fields.string("reason"),
                            fields.string("log"), fields.string("finished"), fields.integer("elapsed_ms")});
        if (!fields.done())
            return std::nullopt;
    }
    return findings;
}

Status remember(const store::Workspace& workspace, const std::string& key, std::vector<Finding>& findings)
{
    Json list = Json::array();
    for (Finding& finding : findings) {
        if (finding.finished.empty())
            finding.finished = format_time(current_time());
        list.push(Json::object({{"name", finding.name},
                                {"status", finding.status},
                                {"reason", finding.reason},
                                {"log", finding.log},
                                {"finished", finding.finished},
                                {"elapsed_ms", finding.elapsed_ms}}));
    }
    return workspace.remember("tests", key, write_json(list));
}

} // namespace albs::test
