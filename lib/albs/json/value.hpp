// SPDX-License-Identifier: GPL-3.0-or-later
// JSON values that keep the order of members, a strict reader with line and column, and two writers.
//
// The reader keeps the rules of I-JSON (RFC 7493): no duplicate members, integers within +-(2^53-1) and no fractions,
// valid UTF-8, nesting of 64 at most, nothing after the value.
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "albs/json/text.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

class Json {
public:
    struct Member;
    using Array = std::vector<Json>;
    using Object = std::vector<Member>;

    Json() noexcept : plain_{} {}
    Json(std::nullptr_t) noexcept : Json() {}
    Json(bool value) noexcept : plain_{.kind = kind_boolean, .truth = value, .number = 0} {}
    Json(std::int64_t value) noexcept : plain_{.kind = kind_integer, .number = value} {}
    Json(int value) noexcept : Json(std::int64_t{value}) {}
    Json(JsonText value) noexcept : text_(std::move(value)) {}
    Json(const std::string& value) : text_(value) {}
    Json(std::string_view value) : text_(value) {}
    Json(const char* value) : text_(value) {}
    Json(Array value);
    Json(Object value);
    Json(const Json&);
    /// The other is null then.
    Json(Json&& other) noexcept : Json() { swap(other); }
    Json& operator=(Json other) noexcept
    {
        swap(other);
        return *this;
    }
    ~Json()
    {
        if (kind() >= kind_array && kind() <= JsonText::kind_long)
            destroy();
    }
    /// An object of these members, an array of these elements.
    static Json object(std::initializer_list<Member> members = {});
    static Json array(std::initializer_list<Json> elements = {});
    static Json strings(const std::vector<std::string>& values);

    bool is_null() const { return kind() == kind_null; }
    bool is_object() const { return kind() == kind_object; }
    /// Null when the value is of another type.
    const bool* boolean() const { return kind() == kind_boolean ? &plain_.truth : nullptr; }
    const std::int64_t* integer() const { return kind() == kind_integer ? &plain_.number : nullptr; }
    const JsonText* string() const { return kind() >= JsonText::kind_long ? &text_ : nullptr; }
    const Array* elements() const { return kind() == kind_array ? plain_.array : nullptr; }
    const Object* members() const { return kind() == kind_object ? plain_.object : nullptr; }
    Array* elements() { return kind() == kind_array ? plain_.array : nullptr; }
    Object* members() { return kind() == kind_object ? plain_.object : nullptr; }

    /// The member of that name; null when there is none or this is no object.
    const Json* find(std::string_view key) const;
    Json* find(std::string_view key);
    /// Replaces the member in its place, or appends it. Turns null into an object.
    Json& set(std::string_view key, Json value);
    /// Appends to an array. Turns null into an array.
    Json& push(Json value);

    friend bool operator==(const Json& a, const Json& b);

private:
    static constexpr unsigned char kind_null = 0;
    static constexpr unsigned char kind_boolean = 1;
    static constexpr unsigned char kind_integer = 2;
    static constexpr unsigned char kind_array = 3;
    static constexpr unsigned char kind_object = 4; ///< the next is JsonText::kind_long
    struct Plain {
        unsigned char kind = kind_null;
        bool truth = false;
        union {
            std::int64_t number = 0;
            Array* array; ///< owned
            Object* object;
        };
    };

    // The first byte of a JsonText is its kind, too, and any value may be looked at as bytes.
    unsigned char kind() const { return *reinterpret_cast<const unsigned char*>(this); }
    void swap(Json& other) noexcept
    {
        // clang-tidy takes it for a leak when bytes of a union change places.
        unsigned char bytes[sizeof(Json)];
        std::memcpy(bytes, this, sizeof bytes);
        std::memcpy(static_cast<void*>(this), &other, sizeof bytes);
        std::memcpy(static_cast<void*>(&other), bytes, sizeof bytes); // NOLINT(*NewDeleteLeaks)
    }
    void destroy() noexcept;

    union {
        Plain plain_;
        JsonText text_;
    };
};

struct Json::Member {
    JsonText key;
    Json value;
    friend bool operator==(const Member&, const Member&) = default;
};

// What is read takes little more memory than its text (bench/README.md, memory).
static_assert(sizeof(Json) == 16 && sizeof(Json::Member) == 32, "a value has two words");

/// One JSON value and nothing after it but white space. Kind::input with "line L, column C: why".
Result<Json> read_json(std::string_view text);
/// The value at the front of the text, which then begins behind it. More may follow; otherwise as read_json.
Result<Json> take_json(std::string_view& text);
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
/// SHA-256 of canonical_json(), which is never in memory as a whole.
Digest canonical_digest(const Json& value, const Json* leave_out = nullptr);
// Bytes of a string that are no UTF-8 are written as U+FFFD by all three: what is written can always be read.

} // namespace albs
