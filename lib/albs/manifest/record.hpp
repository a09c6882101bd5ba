// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with every record of a manifest. Each record is described once, by the list of its members in the
// file of its own (source.cpp, task.cpp...); members.hpp makes what is declared here from that list.
//
// A typed record is a reading of the JSON record, which stays in the manifest as it came: members that this version
// does not know survive. Optional members are null in the JSON, never absent, when this version writes them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs {

using OptionalString = std::optional<std::string>;
/// Records that there are many of have texts that share their bytes with the JSON.
using OptionalText = std::optional<JsonText>;

/// The id of a first attempt, from its own or from that of a later one, "FIRST@12HEX".
std::string_view first_id(std::string_view id, bool is_later);

/// What is written of a record: all of it, or what a notarization of it fixes (binding.hpp).
enum class Part { whole, bound };

/// What it means that two records with one id differ in a member.
enum class Differs {
    never,       ///< they contradict each other: no honest run makes that
    per_attempt, ///< they are two attempts at the same (attempts.hpp)
    freely,      ///< nothing; what was read first stays
};

/// Defined in members.hpp and instantiated in the file of each record.
template <class Record> struct RecordType {
    /// Checks every member that this version knows; Kind::input with "MEMBER: why".
    static Result<Record> read(const Json& json);
    /// The members in the order of the list, null where there is no value.
    static Json write(const Record& record, Part part = Part::whole);
    /// What manifest.schema.json says of the record: adds its definition and those of the records inside it.
    static void define(Json& definitions);
    /// Nothing for a member that the list does not have.
    static std::optional<Differs> differs(std::string_view member);
    /// The value of a member without what may differ freely inside it.
    static Json told(std::string_view member, const Json& value);
    /// The same of the record, when it is inside another.
    static Json told_inside(const Json& record);
    /// The first member names the record in its table.
    static std::string_view id_member();
    static std::string_view id(const Record& record);
};

/// A record that has a table of its own in the manifest: `table` is that table's name.
template <class Record>
concept TableRecord = requires
{
    std::string_view(Record::table);
};

/// A record of something that may be done more than once; `follows` is null in that of the first attempt.
template <class Record>
concept Repeatable = requires(const Record& record)
{
    record.follows;
};

/// The id of the first attempt, by which other records name all of them.
template <Repeatable Record> std::string_view plain_id(const Record& record)
{
    return first_id(RecordType<Record>::id(record), record.follows.has_value());
}

template <TableRecord Record> Result<Record> read_record(const Json& json)
{
    return RecordType<Record>::read(json);
}

template <TableRecord Record> Json to_json(const Record& record)
{
    return RecordType<Record>::write(record);
}

} // namespace albs
