// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/manifest.hpp"

#include <algorithm>

#include "albs/log/checkpoint.hpp"
#include "albs/manifest/merge_shared.hpp"
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
    (void)with_each(tables_, [&]<class Record>(const Table<Record>& table) {
        if constexpr (!requires { Record::is_rare; })
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
        ALBS_CHECK(check_beside(*record));
        const JsonText& id = *json.find(RecordType<Record>::id_member())->string();
        if (!table.places.insert(id, at))
            return fail(Kind::input, where(at) + ": the id '" + id + "' is there twice");
        add_typed(table, std::move(*record));
    }
    return {};
}

void Manifest::index(const Notarization& notarization, std::size_t at)
{
    about_[notarization.about].push_back(at);
}

// Who merges checks no signatures; both may be false, and then neither proves anything.
Status Manifest::check_beside(const CheckpointRecord& record)
{
    ALBS_TRY(Note note, Note::parse(record.note));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    Digest root = roots_.try_emplace({record.log, record.size}, checkpoint.root).first->second;
    if (root == checkpoint.root)
        return {};
    return fail(Kind::trust, format_text("checkpoint '{}' is of another tree of {} entries than one beside it: the log "
                                         "shows two histories",
                                         record.id, record.size));
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

const Task* Manifest::task_of(const Artifact& artifact) const
{
    const Task* first = nullptr;
    auto makers = makers_.find(artifact.unsigned_sha256 ? *artifact.unsigned_sha256 : artifact.sha256);
    for (const Maker& maker : makers == makers_.end() ? std::vector<Maker>() : makers->second) {
        if (!maker.lists_it)
            continue;
        const Task& task = tasks()[maker.task];
        if (is_in_force(task))
            return &task;
        first = first == nullptr ? &task : first;
    }
    return first;
}

Json Manifest::statement_of(const Notarization& notarization) const
{
    return whole_statement(notarization.statement,
                           notarization.form ? std::optional(notarization.form->view()) : std::nullopt,
                           std::get<Table<FormRecord>>(tables_));
}

std::vector<const Notarization*> Manifest::notarizations_about(std::string_view about) const
{
    std::vector<const Notarization*> found;
    if (auto places = about_.find(about); places != about_.end())
        for (std::size_t at : places->second)
            found.push_back(&notarizations()[at]);
    return found;
}

std::vector<const TestResult*> Manifest::tests_of(std::string_view artifact) const
{
    std::vector<const TestResult*> found;
    if (auto places = tests_.find(artifact); places != tests_.end())
        for (std::size_t at : places->second)
            found.push_back(&tests()[at]);
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

bool Manifest::is_of_task(std::string_view artifact, const Task& task) const
{
    auto makers = makers_.find(artifact);
    auto place = static_cast<std::size_t>(&task - tasks().data());
    return makers != makers_.end() &&
           std::binary_search(makers->second.begin(), makers->second.end(), Maker{.task = place},
                              [](const Maker& a, const Maker& b) { return a.task < b.task; });
}

} // namespace albs
