// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/value.hpp"

namespace albs {

Json::Json() = default;
Json::Json(std::nullptr_t) {}
Json::Json(bool value) : value_(value) {}
Json::Json(std::int64_t value) : value_(value) {}
Json::Json(int value) : value_(std::int64_t{value}) {}
Json::Json(std::string value) : value_(std::move(value)) {}
Json::Json(std::string_view value) : value_(std::string(value)) {}
Json::Json(const char* value) : value_(std::string(value)) {}
Json::Json(Array value) : value_(std::move(value)) {}
Json::Json(Object value) : value_(std::move(value)) {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::object(std::initializer_list<Member> members)
{
    return Json(Object(members));
}

Json Json::array(std::initializer_list<Json> elements)
{
    return Json(Array(elements));
}

Json Json::strings(const std::vector<std::string>& values)
{
    return Json(Array(values.begin(), values.end()));
}

const Json* Json::find(std::string_view key) const
{
    if (const Object* object = members())
        for (const Member& member : *object)
            if (member.key == key)
                return &member.value;
    return nullptr;
}

Json* Json::find(std::string_view key)
{
    return const_cast<Json*>(std::as_const(*this).find(key));
}

Json& Json::set(std::string_view key, Json value)
{
    if (Json* old = find(key)) {
        *old = std::move(value);
        return *old;
    }
    if (!is_object())
        value_ = Object();
    return members()->emplace_back(Member{std::string(key), std::move(value)}).value;
}

Json& Json::push(Json value)
{
    if (elements() == nullptr)
        value_ = Array();
    return elements()->emplace_back(std::move(value));
}

bool operator==(const Json& a, const Json& b)
{
    return a.value_ == b.value_;
}

} // namespace albs
