// SPDX-License-Identifier: GPL-3.0-or-later
// JSON values that keep the order of members, a strict reader with line and column, and two writers.
//
// The reader keeps the rules of I-JSON (RFC 7493): no duplicate members, integers within +-(2^53-1) and no fractions,
// valid UTF-8, nesting of 64 at most, nothing after the value.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace albs {

class Json {
public:
    struct Member;
    using Array = std::vector<Json>;
    using Object = std::vector<Member>;

    Json();
    Json(std::nullptr_t);
    Json(bool value);
    Json(std::int64_t value);
    Json(int value);
    Json(std::string value);
    Json(std::string_view value);
    Json(const char* value);
    Json(Array value);
    Json(Object value);
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();
    /// An object of these members, an array of these elements.
    static Json object(std::initializer_list<Member> members = {});
    static Json array(std::initializer_list<Json> elements = {});
    static Json strings(const std::vector<std::string>& values);

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
    bool is_object() const { return std::holds_alternative<Object>(value_); }
    /// Null when the value is of another type.
    const bool* boolean() const { return std::get_if<bool>(&value_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
    const std::string* string() const { return std::get_if<std::string>(&value_); }
    const Array* elements() const { return std::get_if<Array>(&value_); }
    const Object* members() const { return std::get_if<Object>(&value_); }
    Array* elements() { return std::get_if<Array>(&value_); }
    Object* members() { return std::get_if<Object>(&value_); }

    /// The member of that name; null when there is none or this is no object.
    const Json* find(std::string_view key) const;
    Json* find(std::string_view key);
    /// Replaces the member in its place, or appends it. Turns null into an object.
    Json& set(std::string_view key, Json value);
    /// Appends to an array. Turns null into an array.
    Json& push(Json value);

    friend bool operator==(const Json& a, const Json& b);

private:
    std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> value_;
};

struct Json::Member {
    std::string key;
    Json value;
    friend bool operator==(const Member&, const Member&) = default;
};

/// One JSON value and nothing after it but white space. Kind::input with "line L, column C: why".
Result<Json> read_json(std::string_view text);
/// As read_json, for formats that are not ours (SBOMs of others, records of mock): a number that is no integer within
/// 2^53-1 is a string, as it is spelled.
Result<Json> read_foreign_json(std::string_view text);

/// One line, members in their order, no white space.
std::string write_json(const Json& value);
/// Indented by two spaces, for documents that people read; ends without a newline.
std::string write_pretty_json(const Json& value);
/// RFC 8785: members sorted by UTF-16 code units, shortest escapes. leave_out: an element of an array in value that is
/// written as if it were not there.
std::string canonical_json(const Json& value, const Json* leave_out = nullptr);
// Bytes of a string that are no UTF-8 are written as U+FFFD by all three: what is written can always be read.

} // namespace albs
