// SPDX-License-Identifier: GPL-3.0-or-later
// A table of the manifest: its records as C++ values, in the order of the JSON, found by their ids.
#pragma once
#include <map>
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

/// Places of records that are attempts at the same (attempts.hpp).
struct Attempts {
    std::vector<std::size_t> places;                          ///< in the order of the table
    std::map<std::string, std::size_t, std::less<>> in_force; ///< by what they are attempted for
};

/// By their plain id. Of a record that nothing follows nothing is kept.
class AttemptIndex {
public:
    /// Null when no record follows that of the plain id.
    const Attempts* find(std::string_view plain) const;
    Attempts* find(std::string_view plain);
    Attempts& at(std::string_view plain) { return attempts_[JsonText(plain)]; }
    bool empty() const { return attempts_.empty(); }

private:
    TextMap<Attempts> attempts_;
};

template <TableRecord Record> struct Table {
    static constexpr std::string_view name = Record::table;
    std::vector<Record> records;
    IdIndex places; ///< in records, and in the array of the JSON
    IdIndex first;  ///< of the first attempts of which there are others, by the id that they would have as later ones
    AttemptIndex attempts;

    /// Before it is added to the records.
    void add_attempt(std::string_view plain, bool is_later)
    {
        if (is_later && attempts.find(plain) == nullptr)
            attempts.at(plain).places = attempts_at(plain);
        if (Attempts* several = attempts.find(plain))
            several->places.push_back(records.size());
    }

    /// The places of all attempts, in the order of the table; that of the record alone if no other follows it.
    std::vector<std::size_t> attempts_at(std::string_view plain) const
    {
        if (const Attempts* several = attempts.find(plain))
            return several->places;
        std::optional<std::size_t> at = places.find(plain);
        return at ? std::vector<std::size_t>{*at} : std::vector<std::size_t>();
    }

    /// Null when there is none.
    const Record* find(std::string_view id) const
    {
        std::optional<std::size_t> at = places.find(id);
        return at ? &records[*at] : nullptr;
    }
};

} // namespace albs
