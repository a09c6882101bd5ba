// SPDX-License-Identifier: GPL-3.0-or-later
// YAML as a bounded tree that knows its lines, so that a mistake in a file of thousands of lines is named by its line.
// Platforms come from files that other people wrote: size, depth and the number of nodes (aliases copy them) end
// somewhere, and only the plain types of YAML are made. Outside this folder, by library.hpp.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::platform {

constexpr std::size_t max_yaml = std::size_t{8} << 20; ///< bytes of one file
constexpr std::size_t max_nodes = 400'000;             ///< of one file, copies made by aliases counted
constexpr std::size_t max_yaml_depth = 32;

struct Value {
    /// number: what YAML 1.1 takes for a number or a date that is no plain decimal integer (8.10, 010, 0x1f, 1:30).
    enum class Type { null, boolean, integer, number, text, list, map };
    struct Entry;
    Type type = Type::null;
    std::string text; ///< of every scalar, as written
    bool boolean = false;
    std::int64_t integer = 0;
    std::size_t line = 0; ///< from 1
    std::vector<Value> items;
    std::vector<Entry> entries; ///< of a map, in the order of the file; keys are unique

    const Value* find(const std::string& key) const;
};

struct Value::Entry {
    std::string key;
    std::size_t line = 0;
    Value value;
};

/// "a number", "a list"…, for messages.
const char* name_of(Value::Type type);

/// The one document of a text. Kind::input with "FILE:LINE: why"; file is only for that.
Result<Value> read_yaml(const std::string& text, const std::string& file);

} // namespace albs::platform
