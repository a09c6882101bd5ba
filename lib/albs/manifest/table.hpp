// SPDX-License-Identifier: GPL-3.0-or-later
// A table of the manifest: its records as C++ values, in the order of the JSON, found by their ids.
#pragma once
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "albs/manifest/record.hpp"

namespace albs {

/// By texts that are shared with the JSON.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class Value> using TextMap = std::unordered_map<JsonText, Value, TextHash, std::equal_to<>>;

/// Positions by id. Not a part of the template, so that it is compiled once for all tables.
class IdIndex {
public:
    std::optional<std::size_t> find(std::string_view id) const;
    /// False when the id is there already.
    bool insert(const JsonText& id, std::size_t at);

private:
    TextMap<std::size_t> places_;
};

template <TableRecord Record> struct Table {
    static constexpr std::string_view name = Record::table;
    std::vector<Record> records;
    IdIndex places; ///< in records, and in the array of the JSON

    /// Null when there is none.
    const Record* find(std::string_view id) const
    {
        std::optional<std::size_t> at = places.find(id);
        return at ? &records[*at] : nullptr;
    }
};

} // namespace albs
