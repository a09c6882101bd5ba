// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/map_reader.hpp"
#include "base/format.hpp"

namespace albs::platform {

MapReader::MapReader(const Value& map, const std::string& file, std::string noun)
    : map_(map), file_(file), noun_(std::move(noun))
{
    if (map.type != Value::Type::map)
        refuse(map.line, noun_ + " is " + name_of(map.type) + ", not a map");
}

const Value* MapReader::take(const std::string& key)
{
    taken_.insert(key);
    const Value* value = map_.find(key);
    return value != nullptr && value->type != Value::Type::null ? value : nullptr;
}

const Value* MapReader::take(const std::string& key, Value::Type type)
{
    const Value* value = take(key);
    if (value == nullptr || value->type == type)
        return value;
    mistyped(key, *value, name_of(type));
    return nullptr;
}

void MapReader::mistyped(const std::string& key, const Value& value, const std::string& wanted)
{
    bool is_bare =
        value.type == Value::Type::boolean || value.type == Value::Type::integer || value.type == Value::Type::number;
    refuse(value.line, format_text("'{}' in {} is {}, not {}{}", key, noun_, name_of(value.type), wanted,
                                   is_bare && wanted == "text" ? ": write it as \"" + value.text + "\"" : ""));
}

std::string MapReader::text(const std::string& key)
{
    const Value* value = take(key, Value::Type::text);
    return value != nullptr ? value->text : "";
}

bool MapReader::flag(const std::string& key, bool otherwise)
{
    const Value* value = take(key, Value::Type::boolean);
    return value != nullptr ? value->boolean : otherwise;
}

std::int64_t MapReader::integer(const std::string& key, std::int64_t otherwise)
{
    const Value* value = take(key, Value::Type::integer);
    return value != nullptr ? value->integer : otherwise;
}

std::vector<std::string> MapReader::texts(const std::string& key)
{
    std::vector<std::string> list;
    if (const Value* value = take(key, Value::Type::list))
        for (const Value& item : value->items) {
            if (item.type != Value::Type::text)
                mistyped(key, item, "text");
            list.push_back(item.text);
        }
    return list;
}

std::vector<std::string> MapReader::text_or_texts(const std::string& key)
{
    const Value* value = map_.find(key);
    if (value != nullptr && value->type == Value::Type::text)
        return {text(key)};
    return texts(key);
}

Macros MapReader::macros(const std::string& key)
{
    Macros macros;
    if (const Value* value = take(key, Value::Type::map))
        for (const Value::Entry& entry : value->entries) {
            if (entry.value.type != Value::Type::text && entry.value.type != Value::Type::integer)
                mistyped(entry.key, entry.value, "text");
            if (entry.key.empty() || entry.key == "%" || entry.key.find_first_of(" \t\r\n") != entry.key.npos)
                refuse(entry.line, format_text("'{}' in {} is no name of a macro", entry.key, noun_));
            macros.emplace_back(entry.key, entry.value.text);
        }
    return macros;
}

Json MapReader::json(const std::string& key, Value::Type type)
{
    const Value* value = take(key, type);
    if (value == nullptr)
        return {};
    auto json = to_json(*value, file_);
    if (!json && error_.empty())
        error_ = json.error().message;
    return json.value_or(Json());
}

const Value* MapReader::map(const std::string& key)
{
    return take(key, Value::Type::map);
}

const Value* MapReader::list(const std::string& key)
{
    return take(key, Value::Type::list);
}

bool MapReader::has(const std::string& key) const
{
    const Value* value = map_.find(key);
    return value != nullptr && value->type != Value::Type::null;
}

void MapReader::require(const std::string& key)
{
    if (!has(key))
        refuse(map_.line, noun_ + " has no '" + key + "'");
}

void MapReader::refuse(std::size_t line, const std::string& why)
{
    if (error_.empty())
        error_ = format_text("{}:{}: {}", file_, line, why);
}

Status MapReader::end()
{
    for (const Value::Entry& entry : map_.entries)
        if (!taken_.contains(entry.key))
            refuse(entry.line, "unknown key '" + entry.key + "' in " + noun_);
    if (!error_.empty())
        return fail(Kind::input, error_, "albs-platforms(5) lists the keys");
    return {};
}

Result<Json> to_json(const Value& value, const std::string& file)
{
    switch (value.type) {
    case Value::Type::null: return Json();
    case Value::Type::boolean: return Json(value.boolean);
    case Value::Type::integer: return Json(value.integer);
    case Value::Type::text: return Json(value.text);
    case Value::Type::number: break;
    case Value::Type::list: {
        Json list = Json::array();
        for (const Value& item : value.items) {
            ALBS_TRY(Json json, to_json(item, file));
            list.push(std::move(json));
        }
        return list;
    }
    case Value::Type::map: {
        Json map = Json::object();
        for (const Value::Entry& entry : value.entries) {
            ALBS_TRY(Json json, to_json(entry.value, file));
            map.set(entry.key, std::move(json));
        }
        return map;
    }
    }
    return fail(Kind::input, format_text("{}:{}: '{}' can be read in two ways: write it as \"{}\"", file, value.line,
                                         value.text, value.text));
}

} // namespace albs::platform
