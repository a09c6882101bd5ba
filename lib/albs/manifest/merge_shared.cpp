// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/merge_shared.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "albs/json/fields.hpp"
#include "albs/manifest/ledger_record.hpp"
#include "albs/manifest/merge_rules.hpp"
#include "albs/manifest/notarization.hpp"
#include "albs/manifest/tree_nodes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// The members that only one of the two forms of a notarization has.
constexpr std::array<std::string_view, 7> of_one_form = {"signer", "form",  "statement", "signature",
                                                         "entry",  "proof", "envelope"};

// Appends what the list does not have: elements by what KEY gives of them.
template <class Key> bool unite_lists(Json& list, const Json& more, const Key& key)
{
    std::set<std::string, std::less<>> there;
    if (list.elements() != nullptr)
        for (const Json& one : *list.elements())
            there.insert(key(one));
    bool grown = false;
    if (more.elements() != nullptr)
        for (const Json& one : *more.elements())
            if (there.insert(key(one)).second) {
                list.push(one);
                grown = true;
            }
    return grown;
}

Result<LedgerRecord> with_nodes(const Json& id, const Json& nodes)
{
    return read_record<LedgerRecord>(Json::object({{"id", id}, {"profile", "raw"}, {"nodes", nodes}}));
}

Result<bool> unite_nodes(const Json& id, Json& known, const Json& more, KnownNodes& cache)
{
    if (cache.runs == 0 || known.elements() == nullptr || cache.runs != known.elements()->size()) {
        cache.runs = 0;
        ALBS_TRY(LedgerRecord here, with_nodes(id, known));
        ALBS_TRY(cache.nodes, TreeNodes::of(here));
    }
    cache.runs = 0; // unless all goes well
    ALBS_TRY(LedgerRecord there, with_nodes(id, more));
    TreeNodes fresh; // as runs of its own: what is there stays as it is
    auto take = [&](NodeId node, const Digest& hash) -> Status {
        if (cache.nodes.find(node) == nullptr)
            ALBS_CHECK(fresh.add(node, hash));
        return cache.nodes.add_completed(node, hash);
    };
    ALBS_CHECK(for_each_node(there.nodes, take));
    there.nodes = fresh.runs();
    const Json written = to_json(there);
    const Json::Array& runs = *written.find("nodes")->elements();
    for (const Json& run : runs)
        known.push(run);
    cache.runs = known.elements()->size();
    return !runs.empty();
}

// Of a notarization, which may lack the member.
Json value_of(const Json& record, std::string_view name)
{
    const Json* value = record.find(name);
    return value == nullptr ? Json() : *value;
}

Json statement_in(const Json& record, const Table<FormRecord>& forms)
{
    const Json form = value_of(record, "form");
    const JsonText* id = form.string();
    return whole_statement(value_of(record, "statement"), id == nullptr ? std::nullopt : std::optional(id->view()),
                           forms);
}

void copy_statement(const Json& from, Json& to)
{
    for (std::string_view name : {"form", "statement"})
        if (from.find(name) != nullptr || to.find(name) != nullptr)
            to.set(name, value_of(from, name));
}

} // namespace

Json whole_statement(const Json& own, std::optional<std::string_view> form, const Table<FormRecord>& forms)
{
    if (!form || own.is_null())
        return own;
    const FormRecord* found = forms.find(*form);
    return found == nullptr ? Json() : with_form(found->statement, own);
}

Result<bool> unite_statements(Json& known, Json& added, const Table<FormRecord>& forms)
{
    const Json own = value_of(known, "statement");
    const Json other = value_of(added, "statement");
    if (own.is_null() || other.is_null() || (own == other && value_of(known, "form") == value_of(added, "form")))
        return false;
    const Json first = statement_in(known, forms);
    const Json second = statement_in(added, forms);
    if (first.is_null() && !second.is_null()) {
        copy_statement(added, known);
        return true;
    }
    // What cannot be compared proves nothing either.
    if (!second.is_null() && canonical_json(first) != canonical_json(second))
        return contradiction(Notarization::table, text_member(known, "id"), "statement", first, second);
    copy_statement(known, added);
    return false;
}

std::optional<bool> unite_notarization(Json& known, const Json::Member& member)
{
    Json* value = known.find(member.key);
    if (value == nullptr)
        return std::nullopt;
    if (member.key == "checkpoints")
        return unite_lists(*value, member.value, [](const Json& one) { return write_json(one); });
    if (std::find(of_one_form.begin(), of_one_form.end(), member.key.view()) == of_one_form.end())
        return std::nullopt;
    if (member.value.is_null())
        return false;
    if (!value->is_null())
        return std::nullopt;
    *value = member.value;
    return true;
}

Result<std::optional<bool>> unite_ledger(Json& known, const Json::Member& member, KnownNodes& nodes)
{
    Json* value = known.find(member.key);
    if (value == nullptr || *value == member.value)
        return std::optional<bool>();
    if (member.key == "statement_keys")
        return std::optional<bool>(
            unite_lists(*value, member.value, [](const Json& one) { return text_member(one, "id"); }));
    if (member.key != "nodes")
        return std::optional<bool>();
    Result<bool> grown = unite_nodes(*known.find("id"), *value, member.value, nodes);
    if (!grown) {
        Error error = std::move(grown).error();
        error.hint = "the log shows two histories, or one of the manifests was changed; keep both";
        return fail(std::move(error), format_text("two records of ledgers '{}' contradict each other in 'nodes'",
                                                  text_member(known, "id")));
    }
    return std::optional<bool>(*grown);
}

} // namespace albs
