// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/merge_rules.hpp"

#include <algorithm>

#include "albs/json/difference.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr std::size_t hex_digits = 12;

bool is_empty(const Json& value)
{
    return value.is_null() || (value.elements() != nullptr && value.elements()->empty());
}

bool same_value(const Json& first, const Json& second)
{
    return first == second || canonical_json(first) == canonical_json(second);
}

} // namespace

std::string attempt_id(const MergeRules& rules, std::string_view plain, const Json& record)
{
    Json told = Json::object();
    for (const Json::Member& member : *record.members()) {
        std::optional<Differs> differs = rules.differs(member.key);
        if (member.key == rules.id_member || !differs || *differs == Differs::freely)
            continue;
        if (Json value = rules.told(member.key, member.value); !is_empty(value))
            told.set(member.key, std::move(value));
    }
    return format_text("{}@{}", plain, sha256(canonical_json(told)).hex().substr(0, hex_digits));
}

tl::unexpected<Error> contradiction(std::string_view table, std::string_view id, std::string_view member,
                                    const Json& known, const Json& added)
{
    Difference difference = first_difference(member, known, added);
    return fail(Kind::trust,
                format_text("two records of {} '{}' contradict each other in '{}': {} and {}", table, id,
                            difference.path, difference.first, difference.second),
                "no two runs say both: find out which of the manifests was changed");
}

Result<bool> are_two_attempts(const MergeRules& rules, const Json& known, const Json& added)
{
    const Json::Member* unknown = nullptr;
    bool is_other = false;
    const JsonText& id = *known.find(rules.id_member)->string();
    for (const Json::Member& member : *added.members()) {
        const Json* value = known.find(member.key);
        if (member.key == rules.id_member || value == nullptr || same_value(*value, member.value) ||
            (is_empty(*value) && is_empty(member.value)))
            continue;
        std::optional<Differs> differs = rules.differs(member.key);
        if (differs == Differs::never)
            return contradiction(rules.table, id, member.key, *value, member.value);
        if (!differs)
            unknown = &member;
        else if (differs == Differs::per_attempt)
            is_other = is_other || !same_value(rules.told(member.key, *value), rules.told(member.key, member.value));
    }
    if (!is_other && unknown != nullptr)
        return contradiction(rules.table, id, unknown->key, *known.find(unknown->key), unknown->value);
    return is_other;
}

} // namespace albs
