// SPDX-License-Identifier: GPL-3.0-or-later
// One list of members per record, and what is made of it: reader, writer, binding and JSON Schema. Only the files of
// the records include it.
#pragma once
#include <array>
#include <tuple>
#include <type_traits>

#include "albs/json/fields.hpp"
#include "albs/manifest/record.hpp"

namespace albs {

/// What the text, number or value of a member must be, beyond its C++ type.
struct Form {
    enum Kind { any, sha256, time, size, file_name, relative_path, object, run, one_of };
    Kind kind = any;
    std::array<std::string_view, 6> words{}; ///< of one_of
    std::size_t count = 0;                   ///< of words
};
namespace form {
constexpr Form sha256{Form::sha256};
constexpr Form time{Form::time};
constexpr Form size{Form::size};
constexpr Form file_name{Form::file_name};
constexpr Form relative_path{Form::relative_path};
constexpr Form object{Form::object};
constexpr Form run{Form::run}; // of a tool: a SHA-256, or that and "@12HEX"
template <class... Words> consteval Form one_of(Words... words)
{
    return {Form::one_of, {words...}, sizeof...(words)};
}
} // namespace form

template <class Value> struct Shape {
    using Element = Value;
    static constexpr bool is_optional = false;
    static constexpr bool is_list = false;
};
template <class Value> struct Shape<std::optional<Value>> {
    using Element = Value;
    static constexpr bool is_optional = true;
    static constexpr bool is_list = false;
};
template <class Value> struct Shape<std::vector<Value>> {
    using Element = Value;
    static constexpr bool is_optional = false;
    static constexpr bool is_list = true;
};

template <class Record, class Value> struct Member {
    std::string_view name;
    Value Record::*place;
    Form form;
    std::string_view bound_name; ///< what a binding calls it; empty when a notarization does not fix it
    bool is_sparse = false;      ///< not written when it is empty
    Differs meaning = Differs::never; ///< that two records with one id differ in it

    consteval Member bound() const { return bound_as(name); }
    consteval Member bound_as(std::string_view other) const { return {name, place, form, other, is_sparse, meaning}; }
    consteval Member sparse() const { return {name, place, form, bound_name, true, meaning}; }
    consteval Member per_attempt() const { return {name, place, form, bound_name, is_sparse, Differs::per_attempt}; }
    consteval Member freely() const { return {name, place, form, bound_name, is_sparse, Differs::freely}; }
};

/// std::optional, vectors and Json may be null or absent, other values must be there. A value that is a record by
/// itself, or holds such records, is read and written by their list.
template <class Record, class Value>
consteval Member<Record, Value> member(std::string_view name, Value Record::*place, Form form = {})
{
    return {name, place, form, {}, false, Differs::never};
}

/// `follows`: the id of the attempt before. Part of every record that is Repeatable, and not written for the first.
template <class Record> consteval auto follows_member()
{
    return member("follows", &Record::follows).sparse().freely();
}

/// A member that is not written when it is empty.
template <class Value> bool is_left_out(bool is_sparse, const Value& value)
{
    if constexpr (requires { value.has_value(); })
        return is_sparse && !value.has_value();
    if constexpr (requires { value.is_null(); })
        return is_sparse && value.is_null();
    if constexpr (requires { value.empty(); })
        return is_sparse && value.empty();
    return false;
}

template <class... Members> struct MemberList {
    std::string_view name; ///< of the definition in manifest.schema.json
    std::tuple<Members...> members;
    consteval MemberList(std::string_view name_, Members... members_) : name(name_), members(members_...) {}
};

/// Specialised for each record: `template <> constexpr auto list_of<Source> = MemberList{"source", member(...), ...};`
template <class Record> constexpr std::nullptr_t list_of = nullptr;

/// What a record must be as a whole; specialised where that is more than its members.
template <class Record> Status check_whole(const Record& /*record*/)
{
    return {};
}

// Values that are no records (members.cpp).
void read_value(Fields& in, std::string_view name, const Form& form, std::string& value);
void read_value(Fields& in, std::string_view name, const Form& form, JsonText& value);
void read_value(Fields& in, std::string_view name, const Form& form, OptionalString& value);
void read_value(Fields& in, std::string_view name, const Form& form, OptionalText& value);
void read_value(Fields& in, std::string_view name, const Form& form, std::int64_t& value);
void read_value(Fields& in, std::string_view name, const Form& form, std::optional<std::int64_t>& value);
void read_value(Fields& in, std::string_view name, const Form& form, bool& value);
void read_value(Fields& in, std::string_view name, const Form& form, std::vector<std::string>& value);
void read_value(Fields& in, std::string_view name, const Form& form, std::vector<JsonText>& value);
void read_value(Fields& in, std::string_view name, const Form& form, Json& value);
Json schema_of(const Form& form, const std::string& text);
Json schema_of(const Form& form, const JsonText& text);
Json schema_of(const Form& form, std::int64_t number);
Json schema_of(const Form& form, bool value);
Json schema_of(const Form& form, const Json& value);
Json reference_to(std::string_view definition);
Json array_of(Json schema);
Json or_null(Json schema);

template <class Value> constexpr bool is_record = !std::is_same_v<decltype(list_of<Value>), const std::nullptr_t>;
template <class Value> constexpr bool holds_records = is_record<typename Shape<Value>::Element>;

template <class Record> void read_record_in(Fields& in, std::string_view name, const Json& json, Record& record)
{
    auto read = RecordType<Record>::read(json);
    if (read)
        record = std::move(*read);
    else
        in.complain(name, read.error().message);
}

template <class Record, class Value> void read_member(Fields& in, const Member<Record, Value>& member, Value& value)
{
    if constexpr (!holds_records<Value>) {
        read_value(in, member.name, member.form, value);
    } else if constexpr (Shape<Value>::is_list) {
        for (const Json* element : in.objects(member.name))
            read_record_in(in, member.name, *element, value.emplace_back());
    } else {
        const Json* json = in.find(member.name);
        if constexpr (!Shape<Value>::is_optional)
            read_record_in(in, member.name, json == nullptr ? Json() : *json, value);
        else if (json != nullptr && !json->is_null())
            read_record_in(in, member.name, *json, value.emplace());
    }
}

template <class Value> Json write_value(const Value& value, Part part)
{
    if constexpr (Shape<Value>::is_optional) {
        return value ? write_value(*value, part) : Json();
    } else if constexpr (Shape<Value>::is_list) {
        Json::Array list;
        list.reserve(value.size());
        for (const auto& element : value)
            list.push_back(write_value(element, part));
        return list;
    } else if constexpr (is_record<Value>) {
        return RecordType<Value>::write(value, part);
    } else {
        return value;
    }
}

template <class Record, class Value>
void define_member(const Member<Record, Value>& member, Json& required, Json& properties, Json& definitions)
{
    using Element = typename Shape<Value>::Element;
    Json schema;
    if constexpr (is_record<Element>) {
        RecordType<Element>::define(definitions);
        schema = reference_to(list_of<Element>.name);
    } else {
        schema = schema_of(member.form, Element());
    }
    bool may_be_absent = Shape<Value>::is_list || Shape<Value>::is_optional ||
                         (std::is_same_v<Value, Json> && member.form.kind == Form::any);
    if (!may_be_absent)
        required.push(member.name);
    if constexpr (Shape<Value>::is_list)
        schema = array_of(std::move(schema));
    if constexpr (Shape<Value>::is_list || Shape<Value>::is_optional)
        schema = or_null(std::move(schema));
    properties.set(member.name, std::move(schema));
}

template <class Record> Result<Record> RecordType<Record>::read(const Json& json)
{
    Fields in(json);
    Record record;
    std::apply([&](const auto&... member) { (read_member(in, member, record.*member.place), ...); },
               list_of<Record>.members);
    if constexpr (Repeatable<Record>)
        if (record.follows && first_id(id(record), true).empty())
            in.complain(id_member(), "follows another attempt, and does not end with @ and 12 hexadecimal digits");
    ALBS_CHECK(in.done());
    ALBS_CHECK(check_whole(record));
    return record;
}

template <class Record> Json RecordType<Record>::write(const Record& record, Part part)
{
    Json::Object written;
    written.reserve(std::tuple_size_v<decltype(list_of<Record>.members)>);
    auto write_member = [&](const auto& member) {
        std::string_view name = part == Part::whole ? member.name : member.bound_name;
        if (!name.empty() && !is_left_out(member.is_sparse, record.*member.place))
            written.push_back({std::string(name), write_value(record.*member.place, part)});
    };
    std::apply([&](const auto&... member) { (write_member(member), ...); }, list_of<Record>.members);
    // Statements name all attempts alike.
    if constexpr (Repeatable<Record>)
        if (part == Part::bound && record.follows)
            written.front().value = plain_id(record);
    return written;
}

template <class Record> std::optional<Differs> RecordType<Record>::differs(std::string_view name)
{
    std::optional<Differs> meaning;
    auto look_at = [&](const auto& member) {
        if (member.name == name)
            meaning = member.meaning;
    };
    std::apply([&](const auto&... member) { (look_at(member), ...); }, list_of<Record>.members);
    return meaning;
}

template <class Value> Json told_value(const Json& value)
{
    if constexpr (holds_records<Value>) {
        if (const Json::Array* elements = value.elements()) {
            Json list = Json::array();
            for (const Json& element : *elements)
                list.push(RecordType<typename Shape<Value>::Element>::told_inside(element));
            return list;
        }
        return RecordType<typename Shape<Value>::Element>::told_inside(value);
    }
    return value;
}

template <class Record> Json RecordType<Record>::told(std::string_view name, const Json& value)
{
    Json told = value;
    auto look_at = [&]<class Value>(const Member<Record, Value>& member) {
        if (member.name == name)
            told = told_value<Value>(value);
    };
    std::apply([&](const auto&... member) { (look_at(member), ...); }, list_of<Record>.members);
    return told;
}

template <class Record> Json RecordType<Record>::told_inside(const Json& record)
{
    if (!record.is_object())
        return record;
    Json kept = Json::object();
    for (const Json::Member& member : *record.members())
        if (!member.value.is_null() && differs(member.key) != Differs::freely)
            kept.set(member.key, told(member.key, member.value));
    return kept;
}

template <class Record> void RecordType<Record>::define(Json& definitions)
{
    Json required = Json::array();
    Json properties = Json::object();
    std::apply([&](const auto&... member) { (define_member(member, required, properties, definitions), ...); },
               list_of<Record>.members);
    definitions.set(
        list_of<Record>.name,
        Json::object({{"type", "object"}, {"required", std::move(required)}, {"properties", std::move(properties)}}));
}

template <class Record> std::string_view RecordType<Record>::id_member()
{
    return std::get<0>(list_of<Record>.members).name;
}

template <class Record> std::string_view RecordType<Record>::id(const Record& record)
{
    return record.*std::get<0>(list_of<Record>.members).place;
}

} // namespace albs
