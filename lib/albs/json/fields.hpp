// SPDX-License-Identifier: GPL-3.0-or-later
// Checked access to the members of one JSON object: reads as values, remembers the first complaint.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs {

/// Each getter returns an empty value on a missing member or a wrong type; done() then holds the first complaint, so
/// that a record is read in one expression and checked once.
class Fields {
public:
    explicit Fields(const Json& object);
    JsonText string(std::string_view key);                            ///< shared with the object, as are the others
    std::optional<std::string> optional_string(std::string_view key); ///< null or absent: nullopt
    std::int64_t integer(std::string_view key);
    std::optional<std::int64_t> optional_integer(std::string_view key);
    bool boolean(std::string_view key);
    std::vector<std::string> strings(std::string_view key); ///< absent: empty
    std::vector<JsonText> texts(std::string_view key);      ///< the same
    JsonText sha256(std::string_view key);
    std::optional<std::string> optional_sha256(std::string_view key);
    std::vector<JsonText> sha256s(std::string_view key); ///< absent: empty
    std::int64_t size(std::string_view key);             ///< not negative
    JsonText time(std::string_view key);                 ///< RFC 3339, UTC, whole seconds
    std::optional<std::string> optional_time(std::string_view key);
    /// A name that stays in its directory: not empty, no slash, no control character, not "." or "..".
    JsonText file_name(std::string_view key);
    /// File names joined by single slashes.
    JsonText relative_path(std::string_view key);
    JsonText one_of(std::string_view key, std::span<const std::string_view> values);
    JsonText one_of(std::string_view key, std::initializer_list<std::string_view> values);
    /// Null if absent.
    const Json* find(std::string_view key) const { return object_.find(key); }
    /// The value as it is; null if absent.
    Json value(std::string_view key);
    /// The objects of an array; absent: empty.
    std::vector<const Json*> objects(std::string_view key);
    void complain(std::string_view key, std::string_view why);
    Status done() const;

private:
    const Json* get(std::string_view key, bool needed, std::string_view type);
    const Json& object_;
    std::string complaint_;
};

/// The member, if it is a string; else an empty text. For JSON whose form was not checked.
std::string text_member(const Json& object, std::string_view key);
std::string text_member(const Json* object, std::string_view key); ///< of null: an empty text

Json optional_json(const std::optional<std::string>& value);
Json optional_json(const std::optional<std::int64_t>& value);

} // namespace albs
