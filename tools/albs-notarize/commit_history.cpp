// SPDX-License-Identifier: GPL-3.0-or-later
#include "commit_history.hpp"

#include <algorithm>
#include <set>

#include "albs/json/fields.hpp"
#include "base/format.hpp"
#include "git/history.hpp"

namespace albs::notarize {
namespace {

const Json* step(const Json* value, std::string_view key)
{
    return value == nullptr ? nullptr : value->find(key);
}

tl::unexpected<Error> contradiction(std::uint64_t index, const std::string& why)
{
    return fail(Kind::trust, "entry " + std::to_string(index) + " of the log " + why);
}

// The record of ALBS inside: of this commit and tree, and its key is the digest of it.
Status read_albs_record(const Json* predicate, CommitEntry& entry)
{
    const Json* record = step(predicate, "albs_record");
    const Json* git = step(step(step(record, "value"), "Metadata"), "git");
    if (text_member(git, "Commit") != entry.commit || text_member(git, "Tree") != entry.tree)
        return contradiction(entry.index, "records another commit than it says");
    const Json* ancestors = step(git, "Parents");
    if (ancestors == nullptr || ancestors->elements() == nullptr)
        return {};
    for (const Json& id : *ancestors->elements())
        if (id.string() != nullptr)
            entry.ancestors.push_back(*id.string());
    entry.has_ancestors = true;
    if (sha256(git::python_json(*git)).hex() != text_member(record, "key"))
        return contradiction(entry.index, "has a record whose key is not its digest");
    return {};
}

Result<CommitEntry> read_entry(const FoundStatement& found)
{
    const Json* predicate = found.statement.find("predicate");
    CommitEntry entry{.index = found.index,
                      .commit = {},
                      .key = text_member(predicate, "key"),
                      .tree = text_member(predicate, "tree"),
                      .parents = {},
                      .ancestors = {}};
    bool named = false;
    const Json* subjects = found.statement.find("subject");
    if (subjects != nullptr && subjects->elements() != nullptr)
        for (const Json& subject : *subjects->elements()) {
            if (std::string id = text_member(step(&subject, "digest"), "gitCommit"); !id.empty())
                entry.commit = id;
            named = named || text_member(step(&subject, "digest"), "sha256") == entry.key;
        }
    const Json* parents = step(predicate, "parents");
    if (entry.commit.empty() || entry.key.empty() || !named || parents == nullptr || parents->elements() == nullptr)
        return contradiction(entry.index, "calls itself a commit's and is not");
    for (const Json& parent : *parents->elements())
        entry.parents[text_member(&parent, "commit")] = text_member(&parent, "key");
    ALBS_CHECK(read_albs_record(predicate, entry));
    return entry;
}

// Several records of one commit are fine (two places of one repository); two that vouch for different things are not.
Status check_same(const std::vector<CommitEntry>& entries)
{
    for (const CommitEntry& entry : entries)
        if (entry.key != entries.front().key || entry.tree != entries.front().tree ||
            entry.parents != entries.front().parents)
            return fail(Kind::trust, format_text("entries {} and {} of the log contradict each other about commit {}",
                                                 entries.front().index, entry.index, entry.commit));
    return {};
}

// Parents before children can be taken away one after the other only where there is no circle.
bool has_circle(const std::map<std::string, const CommitEntry*>& reached)
{
    std::map<std::string, std::size_t> children;
    for (const auto& [id, entry] : reached)
        for (const auto& [parent, key] : entry->parents)
            ++children[parent];
    std::vector<std::string> open;
    for (const auto& [id, entry] : reached)
        if (children[id] == 0)
            open.push_back(id);
    std::size_t taken = 0;
    while (!open.empty()) {
        std::string id = open.back();
        open.pop_back();
        ++taken;
        auto found = reached.find(id);
        if (found == reached.end())
            continue;
        for (const auto& [parent, key] : found->second->parents)
            if (reached.contains(parent) && --children[parent] == 0)
                open.push_back(parent);
    }
    return taken != reached.size();
}

// Of a chain without gaps: ALBS's record of the commit names every ancestor, and the chain led to just these.
Status check_ancestors(const CommitEntry& tip, const std::map<std::string, const CommitEntry*>& reached)
{
    if (!tip.has_ancestors)
        return {};
    std::set<std::string> named(tip.ancestors.begin(), tip.ancestors.end());
    named.insert(tip.commit);
    bool same = named.size() == reached.size() &&
                std::all_of(named.begin(), named.end(), [&](const std::string& id) { return reached.contains(id); });
    return same ? Status() : contradiction(tip.index, "names other ancestors than the records of its parents lead to");
}

} // namespace

Result<CommitBook> commit_book(const std::vector<FoundStatement>& statements)
{
    CommitBook book;
    for (const FoundStatement& found : statements) {
        ALBS_TRY(CommitEntry entry, read_entry(found));
        book[entry.commit].push_back(std::move(entry));
    }
    return book;
}

Result<CommitHistory> follow_history(const CommitBook& book, const std::string& commit, const std::string& tree)
{
    CommitHistory history;
    std::map<std::string, const CommitEntry*> reached;
    struct Step {
        std::string commit, key, child;
    };
    std::vector<Step> open{{commit, {}, {}}};
    while (!open.empty()) {
        Step next = std::move(open.back());
        open.pop_back();
        auto found = book.find(next.commit);
        if (found == book.end()) {
            if (history.gap.empty())
                history.gap = next.child.empty()
                                  ? "commit " + next.commit + " is not recorded"
                                  : format_text("commit {}, a parent of {}, is not recorded", next.commit, next.child);
            continue;
        }
        ALBS_CHECK(check_same(found->second));
        const CommitEntry& entry = found->second.front();
        if (!next.key.empty() && next.key != entry.key)
            return contradiction(entry.index, format_text("records commit {} as {}, its child {} as {}", next.commit,
                                                          entry.key, next.child, next.key));
        if (!reached.emplace(next.commit, &entry).second)
            continue;
        history.digests.insert(history.digests.end(), {entry.commit, entry.key});
        for (const auto& [parent, key] : entry.parents)
            open.push_back({parent, key, next.commit});
    }
    history.commits = reached.size();
    if (auto tip = reached.find(commit); tip != reached.end()) {
        if (!tree.empty() && tip->second->tree != tree)
            return contradiction(tip->second->index,
                                 format_text("records commit {} with the tree {}, the manifest has {}", commit,
                                             tip->second->tree, tree));
        if (has_circle(reached))
            return fail(Kind::trust, "the records of commits lead in a circle from " + commit);
        if (history.gap.empty())
            ALBS_CHECK(check_ancestors(*tip->second, reached));
    }
    return history;
}

} // namespace albs::notarize
