// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/voucher.hpp"

#include <algorithm>
#include <array>

#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/status_list.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

const Json* find_below(const Json& value, std::initializer_list<std::string_view> path)
{
    const Json* found = &value;
    for (std::string_view name : path)
        if (found = found->find(name); found == nullptr)
            return nullptr;
    return found;
}

std::string text_below(const Json& value, std::initializer_list<std::string_view> path)
{
    const Json* found = find_below(value, path);
    return found == nullptr || found->string() == nullptr ? "" : *found->string();
}

} // namespace

std::string Voucher::text() const
{
    return format_text("{} {} {}{}{}", kind, entry, signer, time.empty() ? "" : " ", time);
}

std::string statement_kind(const Json& statement)
{
    if (status_of(statement))
        return std::string(status_kind);
    const std::string type = text_member(statement, "predicateType");
    if (type == commit_type)
        return "commit";
    if (type == statuses_type)
        return std::string(statuses_kind);
    Result<Json> binding = stated_binding(statement);
    return binding ? text_member(*binding, "record") : "";
}

std::string statement_time(const Json& statement)
{
    for (auto path : {std::initializer_list<std::string_view>{"predicate", "runDetails", "metadata", "finishedOn"},
                      {"predicate", "albs_binding", "created"},
                      {"predicate", "timeVerified"},
                      {"predicate", "finishedOn"}})
        if (std::string time = text_below(statement, path); !time.empty())
            return time;
    return "";
}

bool vouches(std::string_view kind)
{
    constexpr std::array kinds{"source", "srpm", "build", "signature", "release", "file"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

} // namespace albs
