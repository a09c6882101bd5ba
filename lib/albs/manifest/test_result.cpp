// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/test_result.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<TestResult> = MemberList{
    "test",
    member("id", &TestResult::id).bound(),
    member("artifact", &TestResult::artifact, form::sha256).bound(),
    member("task", &TestResult::task).bound().per_attempt(),
    member("name", &TestResult::name).bound(),
    member("status", &TestResult::status, form::one_of("pass", "fail", "skip")).bound().per_attempt(),
    member("reason", &TestResult::reason).bound().per_attempt(),
    member("log", &TestResult::log, form::sha256).bound().per_attempt(),
    member("finished", &TestResult::finished, form::time).sparse().freely(),
    follows_member<TestResult>(),
};

template struct RecordType<TestResult>;

bool tries_out(std::string_view name)
{
    return !name.starts_with("inspect/") && name != "integrity" && name != "installability" && name != "conflicts";
}

} // namespace albs
