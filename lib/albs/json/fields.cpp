// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/fields.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/time.hpp"

namespace albs {
namespace {

// A name with a slash would let a manifest write where it likes, and system calls would cut one at a NUL.
bool is_file_name(std::string_view name)
{
    auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/'; };
    return !name.empty() && name != "." && name != ".." && std::none_of(name.begin(), name.end(), control);
}

} // namespace

Fields::Fields(const Json& object) : object_(object)
{
    if (!object.is_object())
        complaint_ = "not an object";
}

void Fields::complain(std::string_view key, std::string_view why)
{
    if (complaint_.empty())
        complaint_ = std::string(key) + ": " + std::string(why);
}

Status Fields::done() const
{
    if (complaint_.empty())
        return {};
    return fail(Kind::input, complaint_);
}

const Json* Fields::get(std::string_view key, bool needed, std::string_view type)
{
    const Json* value = object_.find(key);
    if (value != nullptr && !value->is_null())
        return value;
    if (needed)
        complain(key, "missing, wants " + std::string(type));
    return nullptr;
}

JsonText Fields::string(std::string_view key)
{
    const Json* value = get(key, true, "a string");
    if (value == nullptr)
        return {};
    if (value->string() == nullptr) {
        complain(key, "wants a string");
        return {};
    }
    return *value->string();
}

std::optional<std::string> Fields::optional_string(std::string_view key)
{
    if (get(key, false, "") == nullptr)
        return std::nullopt;
    return string(key);
}

std::int64_t Fields::integer(std::string_view key)
{
    const Json* value = get(key, true, "an integer");
    if (value == nullptr)
        return 0;
    if (value->integer() == nullptr) {
        complain(key, "wants an integer");
        return 0;
    }
    return *value->integer();
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view key)
{
    if (get(key, false, "") == nullptr)
        return std::nullopt;
    return integer(key);
}

bool Fields::boolean(std::string_view key)
{
    const Json* value = get(key, true, "true or false");
    if (value == nullptr)
        return false;
    if (value->boolean() == nullptr) {
        complain(key, "wants true or false");
        return false;
    }
    return *value->boolean();
}

std::vector<std::string> Fields::strings(std::string_view key)
{
    std::vector<JsonText> list = texts(key);
    return {list.begin(), list.end()};
}

std::vector<JsonText> Fields::texts(std::string_view key)
{
    std::vector<JsonText> list;
    const Json* value = get(key, false, "");
    if (value == nullptr)
        return list;
    const Json::Array* elements = value->elements();
    if (elements == nullptr) {
        complain(key, "wants an array of strings");
        return list;
    }
    list.reserve(elements->size());
    for (const Json& element : *elements) {
        if (element.string() == nullptr) {
            complain(key, "wants an array of strings");
            return {};
        }
        list.push_back(*element.string());
    }
    return list;
}

JsonText Fields::sha256(std::string_view key)
{
    JsonText value = string(key);
    if (complaint_.empty() && !Digest::parse(value))
        complain(key, "wants a SHA-256 in lower-case hex");
    return value;
}

std::optional<std::string> Fields::optional_sha256(std::string_view key)
{
    if (get(key, false, "") == nullptr)
        return std::nullopt;
    return sha256(key);
}

std::vector<JsonText> Fields::sha256s(std::string_view key)
{
    std::vector<JsonText> list = texts(key);
    for (const JsonText& value : list)
        if (!Digest::parse(value))
            complain(key, "wants an array of SHA-256 in lower-case hex");
    return list;
}

std::int64_t Fields::size(std::string_view key)
{
    std::int64_t value = integer(key);
    if (value < 0)
        complain(key, "is negative");
    return value;
}

JsonText Fields::time(std::string_view key)
{
    JsonText value = string(key);
    if (complaint_.empty() && !parse_time(value))
        complain(key, "wants a time like 2026-11-23T10:59:45Z");
    return value;
}

std::optional<std::string> Fields::optional_time(std::string_view key)
{
    if (get(key, false, "") == nullptr)
        return std::nullopt;
    return time(key);
}

JsonText Fields::file_name(std::string_view key)
{
    JsonText value = string(key);
    if (complaint_.empty() && !is_file_name(value))
        complain(key, "not a file name");
    return value;
}

JsonText Fields::relative_path(std::string_view key)
{
    JsonText value = string(key);
    std::string_view rest = value;
    while (complaint_.empty()) {
        std::size_t slash = rest.find('/');
        if (!is_file_name(rest.substr(0, slash)))
            complain(key, "not a relative path");
        if (slash == std::string_view::npos)
            break;
        rest.remove_prefix(slash + 1);
    }
    return value;
}

JsonText Fields::one_of(std::string_view key, std::initializer_list<std::string_view> values)
{
    return one_of(key, std::span(values.begin(), values.size()));
}

JsonText Fields::one_of(std::string_view key, std::span<const std::string_view> values)
{
    JsonText value = string(key);
    if (complaint_.empty() && std::find(values.begin(), values.end(), value.view()) == values.end())
        complain(key, "unknown value '" + std::string(value.view().substr(0, 40)) + "'");
    return value;
}

Json Fields::value(std::string_view key)
{
    const Json* value = object_.find(key);
    return value == nullptr ? Json() : *value;
}

std::vector<const Json*> Fields::objects(std::string_view key)
{
    std::vector<const Json*> list;
    const Json* value = get(key, false, "");
    if (value == nullptr)
        return list;
    if (value->elements() == nullptr) {
        complain(key, "wants an array of objects");
        return list;
    }
    for (const Json& element : *value->elements()) {
        if (!element.is_object())
            complain(key, "wants an array of objects");
        list.push_back(&element);
    }
    return list;
}

std::string text_member(const Json& object, std::string_view key)
{
    const Json* value = object.find(key);
    return value != nullptr && value->string() != nullptr ? *value->string() : JsonText();
}

std::string text_member(const Json* object, std::string_view key)
{
    return object == nullptr ? std::string() : text_member(*object, key);
}

Json optional_json(const std::optional<std::string>& value)
{
    return value ? Json(*value) : Json();
}

Json optional_json(const std::optional<std::int64_t>& value)
{
    return value ? Json(*value) : Json();
}

} // namespace albs
