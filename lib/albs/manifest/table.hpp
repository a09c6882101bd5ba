// SPDX-License-Identifier: GPL-3.0-or-later
// A table of the manifest: its records as C++ values, in the order of the JSON, found by their ids.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "albs/manifest/record.hpp"

namespace albs {

/// Positions by id. Not a part of the template, so that it is compiled once for all tables.
class IdIndex {
public:
    std::optional<std::size_t> find(std::string_view id) const;
    /// False when the id is there already.
    bool insert(std::string_view id, std::size_t at);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view id) const { return std::hash<std::string_view>()(id); }
    };
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> places_;
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
