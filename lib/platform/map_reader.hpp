// SPDX-License-Identifier: GPL-3.0-or-later
// A map of a YAML file, read key by key: types are checked as they are asked for, and a key that nobody asked for is an
// error, because a misspelt one would silently build something else. Only for the files of this folder.
#pragma once
#include <set>

#include "albs/json/value.hpp"
#include "platform/definition.hpp"
#include "platform/yaml.hpp"

namespace albs::platform {

class MapReader {
public:
    /// noun: whose map it is, for messages ("platform 'AlmaLinux-9'"). Both arguments outlive it.
    MapReader(const Value& map, const std::string& file, std::string noun);

    /// Each is empty (false, 0, null) where the key is missing or has no value. After the first error the rest does
    /// not matter: end() gives it.
    std::string text(const std::string& key);
    bool flag(const std::string& key, bool otherwise);
    std::int64_t integer(const std::string& key, std::int64_t otherwise);
    std::vector<std::string> texts(const std::string& key);
    /// One text or a list of them.
    std::vector<std::string> text_or_texts(const std::string& key);
    /// A map of macros to bodies: text, or an integer, which has only one way to be written.
    Macros macros(const std::string& key);
    /// Any value as JSON, of the type that is asked for.
    Json json(const std::string& key, Value::Type type);
    const Value* map(const std::string& key);
    const Value* list(const std::string& key);

    bool has(const std::string& key) const;
    void require(const std::string& key);
    /// "FILE:LINE: why", unless an error is there already.
    void refuse(std::size_t line, const std::string& why);
    /// The first error, or that of the first key that was not asked for.
    Status end();

private:
    const Value* take(const std::string& key);
    const Value* take(const std::string& key, Value::Type type);
    void mistyped(const std::string& key, const Value& value, const std::string& wanted);

    const Value& map_;
    const std::string& file_;
    std::string noun_;
    std::set<std::string> taken_;
    std::string error_;
};

/// Scalars, lists and maps as they are. Kind::input for what JSON of ours does not have (number).
Result<Json> to_json(const Value& value, const std::string& file);

} // namespace albs::platform
