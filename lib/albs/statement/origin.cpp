// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/origin.hpp"

#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"

namespace albs {
namespace {

std::string source_node(const std::string& key)
{
    return key.empty() ? "" : "source " + key;
}

} // namespace

// A statement of one kind names the next one: signature, build, source.
std::vector<Origin> stated_origins(const Json& statement)
{
    std::vector<Origin> origins;
    Result<Json> binding = stated_binding(statement);
    if (!binding)
        return origins;
    auto add = [&](std::string made, std::string from) {
        if (!made.empty() && !from.empty())
            origins.push_back({.made = std::move(made), .from = std::move(from)});
    };
    std::string kind = text_member(*binding, "record");
    if (kind == "signature") {
        add(text_member(*binding, "artifact"), text_member(*binding, "unsigned"));
    } else if (kind == "build" || kind == "srpm") {
        const std::string file = text_member(*binding, "sha256");
        add(file, source_node(text_member(*binding, "source_key")));
        if (std::string package = text_member(*binding, "srpm"); package != file)
            add(file, std::move(package));
    } else if (kind == "source") {
        std::string node = source_node(canonical_digest(*binding).hex());
        for (const char* member : {"files", "srpm", "commit"})
            add(node, text_member(*binding, member));
    }
    return origins;
}

Result<std::set<std::string>> all_made_from(const std::string& node, const MadeFrom& made_from,
                                            std::set<std::string> known)
{
    std::vector<std::string> unseen(known.begin(), known.end());
    unseen.push_back(node);
    while (!unseen.empty()) {
        std::string one = std::move(unseen.back());
        unseen.pop_back();
        ALBS_TRY(std::vector<std::string> made, made_from(one));
        for (std::string& next : made)
            if (next != node && known.insert(next).second)
                unseen.push_back(std::move(next));
    }
    return known;
}

} // namespace albs
