// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/value.hpp"

#include <memory>

namespace albs {

Json::Json(Array value) : plain_{.kind = kind_array, .array = std::make_unique<Array>(std::move(value)).release()} {}

Json::Json(Object value) : plain_{.kind = kind_object, .object = std::make_unique<Object>(std::move(value)).release()}
{
}

Json::Json(const Json& other) : Json()
{
    if (const Array* array = other.elements())
        Json(*array).swap(*this);
    else if (const Object* object = other.members())
        Json(*object).swap(*this);
    else if (const JsonText* text = other.string())
        Json(*text).swap(*this);
    else
        plain_ = other.plain_;
}

void Json::destroy() noexcept
{
    if (kind() == kind_array)
        std::unique_ptr<Array>(plain_.array).reset();
    else if (kind() == kind_object)
        std::unique_ptr<Object>(plain_.object).reset();
    else
        text_.~JsonText();
}

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
        *this = Json(Object());
    // clang-tidy does not see that the assignment took the new object over: see swap().
    return members()->emplace_back(Member{key, std::move(value)}).value; // NOLINT(*NewDeleteLeaks)
}

Json& Json::push(Json value)
{
    if (elements() == nullptr)
        *this = Json(Array());
    return elements()->emplace_back(std::move(value)); // NOLINT(*NewDeleteLeaks): as above
}

bool operator==(const Json& a, const Json& b)
{
    if (a.kind() == Json::kind_array && b.kind() == Json::kind_array)
        return *a.plain_.array == *b.plain_.array;
    if (a.kind() == Json::kind_object && b.kind() == Json::kind_object)
        return *a.plain_.object == *b.plain_.object;
    if (a.string() != nullptr && b.string() != nullptr)
        return a.text_ == b.text_;
    // The bytes that a kind does not use are zero.
    return a.kind() == b.kind() && a.plain_.truth == b.plain_.truth && a.plain_.number == b.plain_.number;
}

} // namespace albs
