// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/form_record.hpp"

#include "albs/manifest/members.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

std::string form_id(const Json& statement)
{
    return sha256(write_json(statement)).hex().substr(0, 12);
}

// Null when there is nothing.
std::optional<Json> own_part(const Json& form, const Json& value)
{
    if (!form.is_object() || !value.is_object())
        return form == value ? std::nullopt : std::optional(value);
    Json::Object own;
    for (const Json::Member& member : *value.members()) {
        const Json* common = form.find(member.key);
        std::optional<Json> part = common == nullptr ? member.value : own_part(*common, member.value);
        if (part)
            own.push_back({member.key, *std::move(part)});
    }
    return own.empty() ? std::nullopt : std::optional<Json>(std::move(own));
}

} // namespace

template <>
constexpr auto list_of<FormRecord> = MemberList{
    "form",
    member("id", &FormRecord::id),
    member("statement", &FormRecord::statement, form::object),
};

// Who changes a form changes every statement of it.
template <> Status check_whole(const FormRecord& record)
{
    if (record.id == form_id(record.statement))
        return {};
    return fail(Kind::trust, format_text("the statement of form '{}' has another digest", record.id),
                "stop: somebody changed the manifest");
}

template struct RecordType<FormRecord>;

FormRecord form_record(Json statement)
{
    JsonText id = form_id(statement);
    return {.id = std::move(id), .statement = std::move(statement)};
}

Json with_form(const Json& form, const Json& own)
{
    if (!form.is_object() || !own.is_object())
        return own;
    Json::Object made;
    made.reserve(form.members()->size());
    for (const Json::Member& member : *form.members()) {
        const Json* part = own.find(member.key);
        made.push_back({member.key, part == nullptr ? member.value : with_form(member.value, *part)});
    }
    for (const Json::Member& member : *own.members())
        if (form.find(member.key) == nullptr)
            made.push_back(member);
    return made;
}

std::optional<Json> besides_form(const Json& form, const Json& statement)
{
    Json own = own_part(form, statement).value_or(Json::object());
    return with_form(form, own) == statement ? std::optional(std::move(own)) : std::nullopt;
}

Json common_form(const Json& first, const Json& second)
{
    if (!first.is_object() || !second.is_object())
        return first == second ? first : Json();
    const Json::Object& a = *first.members();
    const Json::Object& b = *second.members();
    Json::Object common;
    for (std::size_t i = 0; i < a.size() && i < b.size() && a[i].key == b[i].key; ++i)
        common.push_back({a[i].key, common_form(a[i].value, b[i].value)});
    return common;
}

} // namespace albs
