// SPDX-License-Identifier: GPL-3.0-or-later
// How records get into a manifest that has some already. albs-manifest(5), MERGING, is its specification.
#include <algorithm>

#include "albs/json/difference.hpp"
#include "albs/json/fields.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/manifest/merge_artifacts.hpp"
#include "albs/manifest/merge_proofs.hpp"
#include "albs/manifest/merge_rules.hpp"
#include "albs/manifest/merge_shared.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// Does it with the table of that name.
template <class Do> Status with_table(Tables& tables, std::string_view name, Do act)
{
    Status status = fail(Kind::internal, "no table '" + std::string(name) + "'");
    auto is_done = [&](auto& table) {
        if (table.name == name)
            status = act(table);
        return table.name == name;
    };
    std::apply([&](auto&... table) { (void)(is_done(table) || ...); }, tables);
    return status;
}

bool is_table(std::string_view name)
{
    return std::apply([&](const auto&... table) { return ((table.name == name) || ...); }, Tables());
}

bool same_value(const Json& a, const Json& b)
{
    return a == b || canonical_json(a) == canonical_json(b);
}

// What is brought into a record instead of being compared with what it says.
template <class Record>
Result<std::optional<bool>> unite(Json& known, const Json::Member& member, TextMap<KnownNodes>& nodes)
{
    if constexpr (std::is_same_v<Record, Notarization>)
        return unite_notarization(known, member);
    else if constexpr (std::is_same_v<Record, LedgerRecord>)
        return unite_ledger(known, member, nodes[JsonText(text_member(known, "id"))]);
    else if constexpr (std::is_same_v<Record, Artifact>)
        return merge_artifact_member(known, member);
    else
        return std::optional<bool>();
}

// The record is one of a later attempt, and says so.
bool is_later(const Json& record)
{
    const Json* follows = record.find("follows");
    return follows != nullptr && !follows->is_null();
}

} // namespace

Status Manifest::add_record(std::string_view name, Json record)
{
    return with_table(tables_, name, [&](auto& table) { return add_to(table, std::move(record)); });
}

template <class Record> Status Manifest::append_to(Table<Record>& table, Json record)
{
    ALBS_TRY(Record typed, read_record<Record>(record));
    ALBS_CHECK(check_beside(typed));
    Json* list = root_.find(table.name);
    if (list == nullptr)
        list = &root_.set(table.name, Json::array());
    table.places.insert(*record.find(RecordType<Record>::id_member())->string(), table.records.size());
    list->push(std::move(record));
    add_typed(table, std::move(typed));
    return {};
}

// The record that tells the same under another id: this one was the first attempt where it comes from, and is a later
// one here, or the other way round.
template <class Record>
std::optional<std::size_t> Manifest::find_attempt(Table<Record>& table, const Json& record) const
{
    std::string_view plain = first_id(record.find(RecordType<Record>::id_member())->string()->view(), is_later(record));
    std::optional<std::size_t> first = table.places.find(plain);
    if (plain.empty() || (table.attempts.find(plain) == nullptr && !(first && is_later(record))))
        return std::nullopt;
    const MergeRules rules = merge_rules<Record>();
    if (first)
        table.first.insert(attempt_id(rules, plain, (*root_.find(table.name)->elements())[*first]), *first);
    std::string id = attempt_id(rules, plain, record);
    std::optional<std::size_t> found = table.places.find(id);
    return found ? found : table.first.find(id);
}

template <class Record> Status Manifest::add_to(Table<Record>& table, Json record)
{
    const Json* id = record.find(RecordType<Record>::id_member());
    if (id == nullptr || id->string() == nullptr)
        return fail(Kind::internal, "record of " + std::string(table.name) + " without an id");
    std::optional<std::size_t> known = table.places.find(*id->string());
    if constexpr (Repeatable<Record>)
        if (!known)
            known = find_attempt(table, record);
    return known ? add_to_known(table, *known, std::move(record)) : append_to(table, std::move(record));
}

template <class Record> Status Manifest::add_to_known(Table<Record>& table, std::size_t known, Json record)
{
    const Json& old = (*root_.find(table.name)->elements())[known];
    if (old == record)
        return {};
    if constexpr (std::is_same_v<Record, Notarization>) {
        ALBS_TRY(bool is_other, unite_statements((*root_.find(table.name)->elements())[known], record,
                                                 std::get<Table<FormRecord>>(tables_)));
        if (is_other) {
            ALBS_TRY(table.records[known], read_record<Record>(old));
        }
        ALBS_TRY(std::optional<std::string> beside, beside_known(old, record));
        if (beside) {
            if (Json* checkpoints = record.find("checkpoints")) {
                ALBS_CHECK(add_members(table, known, Json::object({{"checkpoints", *checkpoints}})));
                *checkpoints = Json::array();
            }
            record.set("id", *beside);
            return add_to(table, std::move(record));
        }
    }
    if constexpr (Repeatable<Record>) {
        if constexpr (std::is_same_v<Record, Source>)
            ALBS_CHECK(check_same_files(old, record));
        ALBS_TRY(bool is_other, are_two_attempts(merge_rules<Record>(), old, record));
        if (is_other)
            return add_attempt(table, known, std::move(record));
    }
    return add_members(table, known, record);
}

template <class Record> Status Manifest::add_attempt(Table<Record>& table, std::size_t known, Json record)
{
    if constexpr (Repeatable<Record>) {
        ALBS_CHECK(read_record<Record>(record));
        const std::string plain(plain_id(table.records[known]));
        const std::string id = attempt_id(merge_rules<Record>(), plain, record);
        if (id == RecordType<Record>::id(table.records[known]))
            return fail(Kind::trust, format_text("{} '{}': the id is that of another content", table.name, id));
        record.set(RecordType<Record>::id_member(), id);
        record.set("follows", RecordType<Record>::id(table.records[table.attempts_at(plain).back()]));
        return add_to(table, std::move(record));
    }
    return fail(Kind::internal, "no attempt");
}

// Of the same said twice the later run counts.
template <class Record> bool take_later_times(Json& old, const Json& record)
{
    if constexpr (std::is_same_v<Record, Task> || std::is_same_v<Record, TestResult>)
        if (text_member(record, "finished") > text_member(old, "finished")) {
            for (std::string_view time : {"started", "finished"})
                if (record.find(time) != nullptr)
                    old.set(time, text_member(record, time));
            return true;
        }
    return false;
}

template <class Record> Status Manifest::add_members(Table<Record>& table, std::size_t at, const Json& record)
{
    Json& old = (*root_.find(table.name)->elements())[at];
    bool grown = false;
    for (const Json::Member& member : *record.members()) {
        ALBS_TRY(std::optional<bool> united, unite<Record>(old, member, known_nodes_));
        if (united) {
            grown = *united || grown;
            continue;
        }
        const Json* value = old.find(member.key);
        if (value == nullptr && !(Repeatable<Record> && member.key == "follows")) {
            old.set(member.key, member.value);
            grown = true;
        } else if (!Repeatable<Record> && !same_value(*value, member.value)) { // of others are_two_attempts() said so
            return contradiction(table.name, RecordType<Record>::id(table.records[at]), member.key, *value,
                                 member.value);
        }
    }
    grown = take_later_times<Record>(old, record) || grown;
    if (!grown)
        return {};
    ALBS_TRY(table.records[at], read_record<Record>(old));
    if constexpr (Repeatable<Record>)
        if (Attempts* several = table.attempts.find(plain_id(table.records[at])))
            settle(*several, table.records, at);
    if constexpr (std::is_same_v<Record, Task>) // it may have got files that it did not have
        index(table.records[at], at);
    return {};
}

Status Manifest::merge(const Manifest& other)
{
    for (const FormRecord& form : other.forms()) // by which statements are compared
        ALBS_CHECK(add(form));
    for (const Json::Member& member : *other.root_.members()) {
        const Json* mine = root_.find(member.key);
        if (is_table(member.key)) {
            for (const Json& record : *member.value.elements())
                ALBS_CHECK(add_record(member.key, record));
        } else if (mine == nullptr) {
            root_.set(member.key, member.value);
        } else if (!same_value(*mine, member.value)) {
            Difference difference = first_difference(member.key, *mine, member.value);
            return fail(Kind::trust, format_text("two manifests contradict each other in '{}': {} and {}",
                                                 difference.path, difference.first, difference.second));
        }
    }
    return {};
}

} // namespace albs
