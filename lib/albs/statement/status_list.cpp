// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/status_list.hpp"

#include <algorithm>
#include <set>

#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"

namespace albs {
namespace {

constexpr std::string_view statement_type = "https://in-toto.io/Statement/v1";

Json change_json(const ListedChange& one)
{
    return Json::object({{"entry", static_cast<std::int64_t>(one.change.index)},
                         {"digest", one.change.subject},
                         {"status", one.change.status},
                         {"reason", one.change.reason},
                         {"signer", one.signer}});
}

Result<ListedChange> read_change(const Json& json)
{
    Fields fields(json);
    ListedChange one;
    one.change.index = static_cast<std::uint64_t>(fields.size("entry"));
    one.change.subject = fields.string("digest");
    one.change.status = fields.string("status");
    one.change.reason = fields.string("reason");
    one.signer = fields.sha256("signer");
    ALBS_CHECK(fields.done());
    return one;
}

Result<StatusList> read_list(const Json& statement)
{
    StatusList list;
    ALBS_TRY(std::string root, stated_subject(statement));
    ALBS_TRY(list.root, Digest::parse(root));
    const Json* predicate = statement.find("predicate");
    if (predicate == nullptr || !predicate->is_object())
        return fail(Kind::input, "a list of statuses without a predicate");
    Fields fields(*predicate);
    list.size = static_cast<std::uint64_t>(fields.size("entries"));
    for (const Json* one : fields.objects("statuses")) {
        ALBS_TRY(ListedChange change, read_change(*one));
        list.changes.push_back(std::move(change));
    }
    for (const Json* one : fields.objects("made_from")) {
        Fields made(*one);
        std::string digest(made.string("digest"));
        list.made[digest] = made.strings("made");
        ALBS_CHECK(made.done());
    }
    list.has_commits = fields.boolean("commits");
    list.withheld = static_cast<std::uint64_t>(fields.size("withheld"));
    ALBS_CHECK(fields.done());
    return list;
}

} // namespace

Json status_list_statement(const StatusList& list, const std::string& origin)
{
    Json changes = Json::array();
    for (const ListedChange& one : list.changes)
        changes.push(change_json(one));
    Json made = Json::array();
    for (const auto& [digest, nodes] : list.made)
        made.push(Json::object({{"digest", digest}, {"made", Json::strings(nodes)}}));
    Json tree = Json::object({{"name", origin}, {"digest", Json::object({{"sha256", list.root.hex()}})}});
    return Json::object({{"_type", statement_type},
                         {"subject", Json::array({std::move(tree)})},
                         {"predicateType", statuses_type},
                         {"predicate", Json::object({{"entries", static_cast<std::int64_t>(list.size)},
                                                     {"statuses", std::move(changes)},
                                                     {"made_from", std::move(made)},
                                                     {"commits", list.has_commits},
                                                     {"withheld", static_cast<std::int64_t>(list.withheld)}})}});
}

Result<std::optional<StatusList>> status_list_of(const Json& statement)
{
    if (text_member(statement, "predicateType") != statuses_type)
        return std::optional<StatusList>();
    Result<StatusList> read = read_list(statement);
    if (!read)
        return fail(Kind::input, "a list of statuses: " + read.error().message);
    return std::optional<StatusList>(*std::move(read));
}

std::string statuses_subject()
{
    return sha256(statuses_type).hex();
}

std::vector<std::string> withdrawn_subjects(const std::vector<ListedChange>& changes)
{
    std::set<std::string> subjects;
    for (const ListedChange& one : changes)
        if (one.change.withdraws())
            subjects.insert(one.change.subject);
    return {subjects.begin(), subjects.end()};
}

std::vector<StatusChange> changes_told(const Json& statement, std::uint64_t index)
{
    std::vector<StatusChange> told;
    std::optional<StatusChange> change = status_of(statement);
    if (!change)
        return told;
    change->index = index;
    for (std::string& subject : subjects_of(statement)) {
        change->subject = std::move(subject);
        told.push_back(*change);
    }
    return told;
}

StatusFacts status_facts(const Json& statement, std::uint64_t index)
{
    return {.changes = changes_told(statement, index),
            .origins = stated_origins(statement),
            .is_commit = text_member(statement, "predicateType") == commit_type};
}

void StatusCollector::add(std::uint64_t index, const StatusFacts& facts, const std::string& signer)
{
    for (const StatusChange& change : facts.changes)
        changes_.push_back({.change = change, .signer = signer});
    for (const Origin& origin : facts.origins)
        made_from_[origin.from].push_back({.node = origin.made, .index = index});
    if (facts.is_commit && !first_commit_)
        first_commit_ = index;
}

StatusList StatusCollector::list(std::uint64_t size) const
{
    StatusList list{.size = size, .root = {}};
    for (const ListedChange& one : changes_)
        if (one.change.index < size)
            list.changes.push_back(one);
    MadeFrom made_from = [&](const std::string& node) -> Result<std::vector<std::string>> {
        std::vector<std::string> nodes;
        if (auto made = made_from_.find(node); made != made_from_.end())
            for (const Made& one : made->second)
                if (one.index < size)
                    nodes.push_back(one.node);
        return nodes;
    };
    for (const std::string& subject : withdrawn_subjects(list.changes))
        if (Result<std::set<std::string>> made = all_made_from(subject, made_from); made && !made->empty())
            list.made[subject].assign(made->begin(), made->end());
    list.has_commits = first_commit_ && *first_commit_ < size;
    return list;
}

} // namespace albs
