// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec_memory.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
#include "base_root.hpp"
#include "mock_root.hpp"

namespace albs::build {
namespace {

/// Change it when the same inputs come to give other bytes.
constexpr const char* version = "3";
constexpr const char* packages = "srpms";
constexpr const char* readings = "needs";

/// What is the same for all sources of a platform.
Json common_key(const BuildConfig& recipe, const SpecPlace& place)
{
    const platform::Platform& platform = recipe.platform;
    if (platform.backend() == "mock")
        return Json::array(
            {version, "mock", mock_text(recipe, place.arch, "").value_or(""), Json::strings(mock_definitions(recipe))});
    bool is_here = !recipe.uses_roots();
    return Json::array({version, place.lock ? std::string(place.lock->sha256) : platform.toolchain(),
                        is_here ? platform.macros_here() : platform.macros(), is_here ? platform.rpmrc() : "",
                        Json::strings(recipe.words)});
}

template <class Record> Json list_of_records(const std::vector<Record>& records)
{
    Json list = Json::array();
    for (const Record& record : records)
        list.push(RecordType<Record>::write(record));
    return list;
}

/// None if one of them is no such record.
template <class Record> std::optional<std::vector<Record>> records_in(Fields& fields, std::string_view name)
{
    std::vector<Record> records;
    for (const Json* one : fields.objects(name)) {
        auto record = RecordType<Record>::read(*one);
        if (!record)
            return std::nullopt;
        records.push_back(*std::move(record));
    }
    return records;
}

template <class Record> bool has_all(const store::Store& store, const std::vector<Record>& records)
{
    return std::all_of(records.begin(), records.end(), [&](const Record& one) { return store.has(one.sha256); });
}

} // namespace

std::optional<Json> recall_json(const store::Workspace& workspace, const std::string& memory, const std::string& key)
{
    std::optional<std::string> text = workspace.recall(memory, key);
    Result<Json> json = text ? read_json(*text) : Json();
    return json && json->is_object() ? std::optional<Json>(*std::move(json)) : std::nullopt;
}

std::string package_key(const BuildConfig& recipe, const SpecPlace& place, const PlannedTask& planned,
                        const std::string& autospec)
{
    const Source& source = planned.source;
    Json pinned = Json::array();
    for (const PinnedFile& file : planned.pinned)
        pinned.push(Json::array({file.name, file.sha256}));
    return canonical_json(Json::array({common_key(recipe, place), content_of(source), optional_json(source.spec),
                                       optional_json(source.layout), optional_json(source.source_date_epoch),
                                       target_of_packages(recipe.platform), recipe.trust_first_fetch, std::move(pinned),
                                       optional_json(source.history), autospec}));
}

std::optional<SourcePackage> recall_package(const store::Workspace& workspace, const std::string& key)
{
    std::optional<Json> json = recall_json(workspace, packages, key);
    if (!json)
        return std::nullopt;
    Fields fields(*json);
    std::string digest = fields.sha256("sha256");
    std::int64_t time = fields.integer("time");
    auto pinned = records_in<PinnedFile>(fields, "pinned");
    auto transformations = records_in<Transformation>(fields, "transformations");
    auto made_of = records_in<Artifact>(fields, "made_of");
    if (!fields.done() || !pinned || !transformations || !made_of || !has_all(workspace.store(), *pinned) ||
        !has_all(workspace.store(), *made_of))
        return std::nullopt;
    auto package = stored_package(workspace.store(), digest);
    if (!package)
        return std::nullopt;
    package->time = time;
    package->pinned = *std::move(pinned);
    package->transformations = *std::move(transformations);
    package->made_of = *std::move(made_of);
    return *std::move(package);
}

Status remember_package(const store::Workspace& workspace, const std::string& key, const SourcePackage& package)
{
    return workspace.remember(packages, key,
                              write_json(Json::object({{"sha256", package.artifact.sha256},
                                                       {"time", package.time},
                                                       {"pinned", list_of_records(package.pinned)},
                                                       {"transformations", list_of_records(package.transformations)},
                                                       {"made_of", list_of_records(package.made_of)}})));
}

std::string reading_key(const BuildConfig& recipe, const SpecPlace& place, const std::string& arch,
                        const SourcePackage& package)
{
    return canonical_json(Json::array({common_key(recipe, place), package.artifact.sha256, arch, package.time}));
}

std::optional<SpecReading> recall_reading(const store::Workspace& workspace, const std::string& key)
{
    std::optional<Json> json = recall_json(workspace, readings, key);
    if (!json)
        return std::nullopt;
    Fields fields(*json);
    SpecReading spec{fields.strings("needs"), fields.strings("excluded"), fields.strings("exclusive")};
    if (!fields.done())
        return std::nullopt;
    return spec;
}

Status remember_reading(const store::Workspace& workspace, const std::string& key, const SpecReading& spec)
{
    return workspace.remember(readings, key,
                              write_json(Json::object({{"needs", Json::strings(spec.needs)},
                                                       {"excluded", Json::strings(spec.excluded_arches)},
                                                       {"exclusive", Json::strings(spec.exclusive_arches)}})));
}

} // namespace albs::build
