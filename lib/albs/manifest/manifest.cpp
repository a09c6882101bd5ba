// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/manifest.hpp"

#include <algorithm>
#include <array>

#include "albs/manifest/merge_proofs.hpp"

namespace albs {
namespace {

constexpr std::array<std::string_view, 9> tables = {"sources",       "tasks",    "artifacts", "tests", "signatures",
                                                    "notarizations", "releases", "errata",    "stages"};

// Artifacts are named by their digest, everything else by its id.
std::string_view id_member(std::string_view table)
{
    return table == "artifacts" ? "sha256" : "id";
}

std::string key_of(std::string_view table, std::string_view id)
{
    return std::string(table).append("/").append(id);
}

template <class Record> Status read_into(std::vector<Record>& list, std::size_t at, const Json& record)
{
    ALBS_TRY(Record typed, read_record<Record>(record));
    if (at == list.size())
        list.push_back(std::move(typed));
    else
        list[at] = std::move(typed);
    return {};
}

template <class Record>
const Record* lookup(const std::unordered_map<std::string, std::size_t>& index, const std::vector<Record>& list,
                     std::string_view table, std::string_view id)
{
    auto found = index.find(key_of(table, id));
    return found == index.end() ? nullptr : &list[found->second];
}

} // namespace

Manifest::Manifest()
{
    root_.set("schema", schema);
    for (std::string_view table : tables)
        root_.set(table, Json::array());
}

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
                    "schema '" + version->string()->substr(0, 60) + "' is not '" + std::string(schema) + "'",
                    "the manifest was written by another version; use the tools of that version");
    Manifest manifest;
    manifest.root_ = std::move(root);
    for (std::string_view table : tables) {
        Json* records = manifest.root_.find(table);
        if (records == nullptr)
            continue; // a table that is not there is empty
        if (records->elements() == nullptr)
            return fail(Kind::input, std::string(table) + ": wants an array of records");
        for (std::size_t at = 0; at < records->elements()->size(); ++at) {
            const Json& record = (*records->elements())[at];
            std::string where = std::string(table) + "[" + std::to_string(at) + "]";
            if (Status good = manifest.read_typed(table, record, at); !good)
                return fail(std::move(good).error(), where);
            const std::string& id = *record.find(id_member(table))->string();
            if (!manifest.index_.emplace(key_of(table, id), at).second)
                return fail(Kind::input, where + ": the id '" + id + "' is there twice");
            manifest.index_record(table, at);
        }
    }
    ALBS_CHECK(manifest.check_seal());
    return manifest;
}

Status Manifest::read_typed(std::string_view table, const Json& record, std::size_t at)
{
    if (table == "sources")
        return read_into(sources_, at, record);
    if (table == "tasks")
        return read_into(tasks_, at, record);
    if (table == "artifacts")
        return read_into(artifacts_, at, record);
    if (table == "tests")
        return read_into(tests_, at, record);
    if (table == "signatures")
        return read_into(signatures_, at, record);
    if (table == "notarizations")
        return read_into(notarizations_, at, record);
    if (table == "releases")
        return read_into(releases_, at, record);
    if (table == "errata")
        return read_into(errata_, at, record);
    if (table == "stages")
        return read_into(stages_, at, record);
    return fail(Kind::internal, "no table '" + std::string(table) + "'");
}

Status Manifest::add_record(std::string_view table, Json record)
{
    if (std::find(tables.begin(), tables.end(), table) == tables.end())
        return fail(Kind::internal, "no table '" + std::string(table) + "'");
    const Json* id = record.find(id_member(table));
    if (id == nullptr || id->string() == nullptr)
        return fail(Kind::internal, "record of " + std::string(table) + " without an id");
    std::string name = *id->string();
    auto found = index_.find(key_of(table, name));
    if (found != index_.end()) {
        const Json& known = (*root_.find(table)->elements())[found->second];
        std::optional<std::string> beside;
        if (table == "notarizations") {
            ALBS_TRY(beside, beside_known(known, record));
        }
        if (!beside)
            return add_members(table, name, found->second, record);
        record.set("id", *beside);
        return add_record(table, std::move(record));
    }
    Json* records = root_.find(table);
    if (records == nullptr)
        records = &root_.set(table, Json::array());
    std::size_t at = records->elements()->size();
    ALBS_CHECK(read_typed(table, record, at));
    index_.emplace(key_of(table, name), at);
    records->push(std::move(record));
    index_record(table, at);
    return {};
}

void Manifest::index_record(std::string_view table, std::size_t at)
{
    if (table == "notarizations")
        about_[notarizations_[at].about].push_back(at);
    if (table != "tasks")
        return;
    auto enter = [&](const std::string& artifact) {
        std::vector<std::size_t>& places = makers_[artifact];
        if (std::find(places.begin(), places.end(), at) == places.end())
            places.push_back(at);
    };
    const Task& task = tasks_[at];
    for (const std::string& artifact : task.artifacts)
        enter(artifact);
    for (const OptionalString& extra : {task.log, task.buildroot})
        if (extra)
            enter(*extra);
}

Status Manifest::add_members(std::string_view table, std::string_view id, std::size_t at, const Json& record)
{
    Json& old = (*root_.find(table)->elements())[at];
    for (const Json::Member& member : *record.members()) {
        const Json* value = old.find(member.key);
        if (value == nullptr)
            old.set(member.key, member.value);
        else if (canonical_json(*value) != canonical_json(member.value))
            return fail(Kind::trust,
                        "two records of " + std::string(table) + " '" + std::string(id) +
                            "' contradict each other in '" + member.key + "': " + write_json(*value).substr(0, 100) +
                            " and " + write_json(member.value).substr(0, 100),
                        "a stage may only add; find out which of the manifests was changed");
    }
    ALBS_CHECK(read_typed(table, old, at));
    if (table == "tasks") // it may have got members that it did not have
        index_record(table, at);
    return {};
}

Status Manifest::merge(const Manifest& other)
{
    for (const Json::Member& member : *other.root_.members()) {
        bool is_table = std::find(tables.begin(), tables.end(), member.key) != tables.end();
        const Json* mine = root_.find(member.key);
        if (is_table) {
            for (const Json& record : *member.value.elements())
                ALBS_CHECK(add_record(member.key, record));
        } else if (mine == nullptr) {
            root_.set(member.key, member.value);
        } else if (canonical_json(*mine) != canonical_json(member.value)) {
            return fail(Kind::trust, "two manifests contradict each other in '" + member.key + "'");
        }
    }
    return {};
}

const Artifact* Manifest::artifact(std::string_view sha256) const
{
    return lookup(index_, artifacts_, "artifacts", sha256);
}

const Source* Manifest::source(std::string_view id) const
{
    return lookup(index_, sources_, "sources", id);
}

const Task* Manifest::task(std::string_view id) const
{
    return lookup(index_, tasks_, "tasks", id);
}

const Task* Manifest::task_of(const Artifact& artifact) const
{
    const std::string& built = artifact.unsigned_sha256 ? *artifact.unsigned_sha256 : artifact.sha256;
    for (const Task* task : tasks_with(built))
        if (std::find(task->artifacts.begin(), task->artifacts.end(), built) != task->artifacts.end())
            return task;
    return nullptr;
}

std::vector<const Notarization*> Manifest::notarizations_about(std::string_view about) const
{
    std::vector<const Notarization*> found;
    if (auto places = about_.find(std::string(about)); places != about_.end())
        for (std::size_t at : places->second)
            found.push_back(&notarizations_[at]);
    return found;
}

std::vector<const Task*> Manifest::tasks_with(std::string_view artifact) const
{
    std::vector<const Task*> found;
    if (auto places = makers_.find(std::string(artifact)); places != makers_.end())
        for (std::size_t at : places->second)
            found.push_back(&tasks_[at]);
    return found;
}

Digest Manifest::digest() const
{
    return sha256(canonical_json(root_));
}

Digest Manifest::seal(bool but_last_stage) const
{
    // The first stage makes the table if it must; the seal is of the manifest with an empty one.
    if (root_.find("stages") == nullptr) {
        Json with_table = root_;
        with_table.set("stages", Json::array());
        return sha256(canonical_json(with_table));
    }
    const Json* last = nullptr;
    if (but_last_stage && !stages_.empty())
        last = &root_.find("stages")->elements()->back();
    return sha256(canonical_json(root_, last));
}

Status Manifest::check_seal() const
{
    if (stages_.empty() || seal(true).hex() == stages_.back().seal)
        return {};
    return fail(Kind::trust, "records were changed after " + stages_.back().tool + " wrote the manifest",
                "a stage may only add: use the manifest as that stage wrote it, or run the stage again");
}

} // namespace albs
