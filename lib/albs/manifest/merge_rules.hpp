// SPDX-License-Identifier: GPL-3.0-or-later
// What it means that two records with one id differ: nothing, another attempt (attempts.hpp), or a contradiction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "albs/manifest/record.hpp"

namespace albs {

/// What the list of members of a record says about merging it.
struct MergeRules {
    std::string_view table;
    std::string_view id_member;
    std::optional<Differs> (*differs)(std::string_view member);
    Json (*told)(std::string_view member, const Json& value);
};
template <class Record> MergeRules merge_rules()
{
    return {Record::table, RecordType<Record>::id_member(), RecordType<Record>::differs, RecordType<Record>::told};
}

/// "PLAIN@HEX" of a record. What may differ freely, what is null or an empty list, and members that this version does
/// not know have no part in it.
std::string attempt_id(const MergeRules& rules, std::string_view plain, const Json& record);

/// Whether two records with one plain id are two attempts. Kind::trust, naming the member, when they contradict each
/// other.
Result<bool> are_two_attempts(const MergeRules& rules, const Json& known, const Json& added);

/// What the two records cannot both say. Kind::trust.
tl::unexpected<Error> contradiction(std::string_view table, std::string_view id, std::string_view member,
                                    const Json& known, const Json& added);

} // namespace albs
