// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/manifest.hpp"

#include <algorithm>

#include "albs/manifest/merge_names.hpp"
#include "albs/manifest/merge_proofs.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// Does it with one table after the other, until one fails.
template <class Do> Status with_each(Tables& tables, Do act)
{
    Status status;
    std::apply([&](auto&... table) { (void)((status = act(table)).has_value() && ...); }, tables);
    return status;
}

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

} // namespace

std::optional<std::size_t> IdIndex::find(std::string_view id) const
{
    auto found = places_.find(id);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

bool IdIndex::insert(const JsonText& id, std::size_t at)
{
    return places_.emplace(id, at).second;
}

Manifest::Manifest()
{
    root_.set("schema", schema);
    (void)with_each(tables_, [&](const auto& table) {
        root_.set(table.name, Json::array());
        return Status();
    });
}

Manifest::Manifest(const Manifest&) = default;
Manifest::Manifest(Manifest&&) noexcept = default;
Manifest& Manifest::operator=(const Manifest&) = default;
Manifest& Manifest::operator=(Manifest&&) noexcept = default;
Manifest::~Manifest() = default;

Result<Manifest> Manifest::parse(std::string_view text)
{
    ALBS_TRY(Json root, read_json(text));
    return from(std::move(root));
}

Result<Manifest> Manifest::from(Json root)
{
    const Json* version = root.find("schema");
    if (version == nullptr || version->string() == nullptr)
        return fail(Kind::input, "not a manifest: it has no member 'schema'");
    if (*version->string() != schema)
        return fail(Kind::input,
                    format_text("schema '{}' is not '{}'", version->string()->view().substr(0, 60), schema),
                    "the manifest was written by another version; use the tools of that version");
    Manifest manifest;
    manifest.root_ = std::move(root);
    ALBS_CHECK(with_each(manifest.tables_, [&](auto& table) { return manifest.read_table(table); }));
    ALBS_CHECK(manifest.check_seal());
    return manifest;
}

template <class Record> Status Manifest::read_table(Table<Record>& table)
{
    const Json* list = root_.find(table.name);
    if (list == nullptr)
        return {}; // a table that is not there is empty
    if (list->elements() == nullptr)
        return fail(Kind::input, std::string(table.name) + ": wants an array of records");
    table.records.reserve(list->elements()->size());
    auto where = [&](std::size_t at) { return std::string(table.name) + "[" + std::to_string(at) + "]"; };
    for (const Json& json : *list->elements()) {
        std::size_t at = table.records.size();
        auto record = read_record<Record>(json);
        if (!record)
            return fail(std::move(record).error(), where(at));
        const JsonText& id = *json.find(RecordType<Record>::id_member())->string();
        if (!table.places.insert(id, at))
            return fail(Kind::input, where(at) + ": the id '" + id + "' is there twice");
        table.records.push_back(std::move(*record));
        index(table.records.back(), at);
    }
    return {};
}

Status Manifest::add_record(std::string_view name, Json record)
{
    return with_table(tables_, name, [&](auto& table) { return add_to(table, std::move(record)); });
}

template <class Record> Status Manifest::add_to(Table<Record>& table, Json record)
{
    const Json* id = record.find(RecordType<Record>::id_member());
    if (id == nullptr || id->string() == nullptr)
        return fail(Kind::internal, "record of " + std::string(table.name) + " without an id");
    if (std::optional<std::size_t> known = table.places.find(*id->string())) {
        std::optional<std::string> beside;
        if constexpr (std::is_same_v<Record, Notarization>) {
            ALBS_TRY(beside, beside_known((*root_.find(table.name)->elements())[*known], record));
        }
        if (!beside)
            return add_members(table, *known, record);
        record.set("id", *beside);
        return add_to(table, std::move(record));
    }
    ALBS_TRY(Record typed, read_record<Record>(record));
    Json* list = root_.find(table.name);
    if (list == nullptr)
        list = &root_.set(table.name, Json::array());
    std::size_t at = table.records.size();
    table.places.insert(*id->string(), at);
    list->push(std::move(record));
    table.records.push_back(std::move(typed));
    index(table.records.back(), at);
    return {};
}

void Manifest::index(const Notarization& notarization, std::size_t at)
{
    about_[notarization.about].push_back(at);
}

void Manifest::index(const Task& task, std::size_t at)
{
    for (const JsonText& artifact : task.artifacts)
        index_maker(artifact, {.task = at, .lists_it = true});
    for (const OptionalString& extra : {task.log, task.buildroot})
        if (extra)
            index_maker(*extra, {.task = at, .lists_it = false});
}

void Manifest::index_maker(const JsonText& artifact, Maker maker)
{
    std::vector<Maker>& makers = makers_[artifact];
    auto place = std::lower_bound(makers.begin(), makers.end(), maker.task,
                                  [](const Maker& one, std::size_t task) { return one.task < task; });
    if (place == makers.end() || place->task != maker.task)
        makers.insert(place, maker);
    else
        place->lists_it = place->lists_it || maker.lists_it;
}

template <class Record> Status Manifest::add_members(Table<Record>& table, std::size_t at, const Json& record)
{
    Json& old = (*root_.find(table.name)->elements())[at];
    bool grown = false;
    for (const Json::Member& member : *record.members()) {
        const Json* value = old.find(member.key);
        if (std::is_same_v<Record, Artifact> && (member.key == "names" || (value != nullptr && member.key == "name"))) {
            grown = add_names(old, member.value) || grown;
        } else if (value == nullptr) {
            old.set(member.key, member.value);
            grown = true;
        } else if (!same_value(*value, member.value)) {
            return fail(Kind::trust,
                        format_text("two records of {} '{}' contradict each other in '{}': {} and {}", table.name,
                                    RecordType<Record>::id(table.records[at]), member.key,
                                    write_json(*value).substr(0, 100), write_json(member.value).substr(0, 100)),
                        "a stage may only add; find out which of the manifests was changed");
        }
    }
    if (!grown)
        return {};
    ALBS_TRY(table.records[at], read_record<Record>(old));
    if constexpr (std::is_same_v<Record, Task>) // it may have got files that it did not have
        index(table.records[at], at);
    return {};
}

Status Manifest::merge(const Manifest& other)
{
    for (const Json::Member& member : *other.root_.members()) {
        const Json* mine = root_.find(member.key);
        if (is_table(member.key)) {
            for (const Json& record : *member.value.elements())
                ALBS_CHECK(add_record(member.key, record));
        } else if (mine == nullptr) {
            root_.set(member.key, member.value);
        } else if (!same_value(*mine, member.value)) {
            return fail(Kind::trust, "two manifests contradict each other in '" + member.key + "'");
        }
    }
    return {};
}

const Task* Manifest::task_of(const Artifact& artifact) const
{
    auto makers = makers_.find(artifact.unsigned_sha256 ? *artifact.unsigned_sha256 : artifact.sha256);
    if (makers != makers_.end())
        for (const Maker& maker : makers->second)
            if (maker.lists_it)
                return &tasks()[maker.task];
    return nullptr;
}

std::vector<const Notarization*> Manifest::notarizations_about(std::string_view about) const
{
    std::vector<const Notarization*> found;
    if (auto places = about_.find(about); places != about_.end())
        for (std::size_t at : places->second)
            found.push_back(&notarizations()[at]);
    return found;
}

std::vector<const Task*> Manifest::tasks_with(std::string_view artifact) const
{
    std::vector<const Task*> found;
    if (auto makers = makers_.find(artifact); makers != makers_.end())
        for (const Maker& maker : makers->second)
            found.push_back(&tasks()[maker.task]);
    return found;
}

bool Manifest::is_of_task(std::string_view artifact, std::string_view task) const
{
    auto makers = makers_.find(artifact);
    std::optional<std::size_t> place = std::get<Table<Task>>(tables_).places.find(task);
    if (makers == makers_.end() || !place)
        return false;
    return std::binary_search(makers->second.begin(), makers->second.end(), Maker{.task = *place},
                              [](const Maker& a, const Maker& b) { return a.task < b.task; });
}

Digest Manifest::digest() const
{
    return canonical_digest(root_);
}

Digest Manifest::seal(bool but_last_stage) const
{
    // The first stage makes the table if it must; the seal is of the manifest with an empty one.
    if (root_.find("stages") == nullptr) {
        Json with_table = root_;
        with_table.set("stages", Json::array());
        return canonical_digest(with_table);
    }
    const Json* last = nullptr;
    if (but_last_stage && !stages().empty())
        last = &root_.find("stages")->elements()->back();
    return canonical_digest(root_, last);
}

Status Manifest::check_seal() const
{
    if (stages().empty() || seal(true).hex() == stages().back().seal)
        return {};
    return fail(Kind::trust, "records were changed after " + stages().back().tool + " wrote the manifest",
                "a stage may only add: use the manifest as that stage wrote it, or run the stage again");
}

} // namespace albs
