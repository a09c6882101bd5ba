// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/members.hpp"

#include "base/digest.hpp"

namespace albs {
namespace {

JsonText run_id(Fields& in, std::string_view name)
{
    JsonText id = in.string(name);
    if (std::string_view first = first_id(id, id.view().find('@') != std::string_view::npos); !Digest::parse(first))
        in.complain(name, "wants a SHA-256 in lower-case hex, or that with @ and 12 digits more");
    return id;
}

bool is_absent(const Fields& in, std::string_view name)
{
    const Json* json = in.find(name);
    return json == nullptr || json->is_null();
}

} // namespace

void read_value(Fields& in, std::string_view name, const Form& form, JsonText& value)
{
    switch (form.kind) {
    case Form::sha256: value = in.sha256(name); break;
    case Form::time: value = in.time(name); break;
    case Form::file_name: value = in.file_name(name); break;
    case Form::relative_path: value = in.relative_path(name); break;
    case Form::run: value = run_id(in, name); break;
    case Form::one_of: value = in.one_of(name, std::span(form.words).first(form.count)); break;
    default: value = in.string(name);
    }
}

void read_value(Fields& in, std::string_view name, const Form& form, std::string& value)
{
    JsonText text;
    read_value(in, name, form, text);
    value = text;
}

void read_value(Fields& in, std::string_view name, const Form& form, OptionalText& value)
{
    if (!is_absent(in, name))
        read_value(in, name, form, value.emplace());
}

void read_value(Fields& in, std::string_view name, const Form& form, OptionalString& value)
{
    if (!is_absent(in, name))
        read_value(in, name, form, value.emplace());
}

void read_value(Fields& in, std::string_view name, const Form& form, std::int64_t& value)
{
    value = form.kind == Form::size ? in.size(name) : in.integer(name);
}

void read_value(Fields& in, std::string_view name, const Form& form, std::optional<std::int64_t>& value)
{
    if (!is_absent(in, name))
        read_value(in, name, form, value.emplace());
}

void read_value(Fields& in, std::string_view name, const Form& /*form*/, bool& value)
{
    value = in.boolean(name);
}

void read_value(Fields& in, std::string_view name, const Form& form, std::vector<JsonText>& value)
{
    value = form.kind == Form::sha256 ? in.sha256s(name) : in.texts(name);
}

void read_value(Fields& in, std::string_view name, const Form& form, std::vector<std::string>& value)
{
    std::vector<JsonText> texts;
    read_value(in, name, form, texts);
    value.assign(texts.begin(), texts.end());
}

void read_value(Fields& in, std::string_view name, const Form& form, Json& value)
{
    value = in.value(name);
    if (form.kind == Form::object && !value.is_object())
        in.complain(name, "wants an object");
}

Json schema_of(const Form& form, const std::string& /*text*/)
{
    return schema_of(form, JsonText());
}

Json schema_of(const Form& form, const JsonText& /*text*/)
{
    switch (form.kind) {
    case Form::sha256: return reference_to("sha256");
    case Form::time: return reference_to("time");
    case Form::file_name: return reference_to("file_name");
    case Form::relative_path: return reference_to("relative_path");
    case Form::run: return Json::object({{"type", "string"}, {"pattern", "^[0-9a-f]{64}(@[0-9a-f]{12})?$"}});
    case Form::one_of: {
        Json words = Json::array();
        for (std::string_view word : std::span(form.words).first(form.count))
            words.push(word);
        return Json::object({{"enum", std::move(words)}});
    }
    default: return Json::object({{"type", "string"}});
    }
}

Json schema_of(const Form& form, std::int64_t /*number*/)
{
    return reference_to(form.kind == Form::size ? "size" : "integer");
}

Json schema_of(const Form& /*form*/, bool /*value*/)
{
    return Json::object({{"type", "boolean"}});
}

Json schema_of(const Form& form, const Json& /*value*/)
{
    return form.kind == Form::object ? Json::object({{"type", "object"}}) : Json(true);
}

Json reference_to(std::string_view definition)
{
    return Json::object({{"$ref", "#/$defs/" + std::string(definition)}});
}

Json array_of(Json schema)
{
    return Json::object({{"type", "array"}, {"items", std::move(schema)}});
}

Json or_null(Json schema)
{
    if (Json* type = schema.find("type")) {
        *type = Json::array({*type, "null"});
        return schema;
    }
    return Json::object({{"anyOf", Json::array({Json::object({{"type", "null"}}), std::move(schema)})}});
}

} // namespace albs
