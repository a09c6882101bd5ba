// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_entry.hpp"

#include "base/format.hpp"

namespace albs::fetch {

tl::unexpected<Error> refuse(const std::string& file, std::size_t line, const std::string& why)
{
    return fail(Kind::input, format_text("{}:{}: {}", file, line, why),
                "albs-fetch(1), Debranding, lists the actions and their keys");
}

Entry::Entry(const Value& map, const std::string& file, std::string action)
    : map_(map), file_(file), action_(std::move(action))
{
    if (map.type != Value::Type::map)
        wrong(map.line, "is no map of keys");
}

const Entry::Value* Entry::find(const std::string& key, Value::Type type, const std::string& wanted)
{
    const Value* value = any(key);
    if (value == nullptr || value->type == type)
        return value;
    wrong(value->line, format_text("'{}' is not {}", key, wanted));
    return nullptr;
}

const Entry::Value* Entry::any(const std::string& key)
{
    taken_.insert(key);
    for (const Value::Entry& entry : map_.entries)
        if (entry.key == key)
            return &entry.value;
    return nullptr;
}

std::string Entry::text(const std::string& key)
{
    const Value* value = find(key, Value::Type::text, "text: put it in quotes");
    return value != nullptr ? value->text : "";
}

std::string Entry::needed(const std::string& key)
{
    std::string value = text(key);
    if (value.empty())
        wrong(map_.line, format_text("'{}' is missing or empty", key));
    return value;
}

bool Entry::flag(const std::string& key, bool otherwise)
{
    const Value* value = find(key, Value::Type::boolean, "true or false");
    return value != nullptr ? value->boolean : otherwise;
}

Lines Entry::texts(const std::string& key)
{
    Lines all;
    if (const Value* list = find(key, Value::Type::list, "a list"))
        for (const Value& item : list->items) {
            if (item.type != Value::Type::text || item.text.empty())
                wrong(item.line, format_text("'{}' has something that is no text: put it in quotes", key));
            all.push_back(item.text);
        }
    if (all.empty())
        wrong(map_.line, format_text("'{}' is missing or empty", key));
    return all;
}

void Entry::wrong(std::size_t line, const std::string& why)
{
    if (!error_)
        error_ = refuse(file_, line, action_ + ": " + why);
}

void Entry::check(const Status& status)
{
    if (!status)
        wrong(map_.line, status.error().message);
}

Status Entry::end()
{
    for (const Value::Entry& entry : map_.entries)
        if (!taken_.contains(entry.key))
            wrong(entry.line, format_text("unknown key '{}'", entry.key));
    if (error_)
        return *error_;
    return {};
}

} // namespace albs::fetch
