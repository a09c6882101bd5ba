// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/stage_record.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<StageFailure> = MemberList{
    "stage_failure",
    member("what", &StageFailure::what),
    member("status", &StageFailure::status, form::size),
    member("reason", &StageFailure::reason),
};

template <>
constexpr auto list_of<StageRecord> = MemberList{
    "stage",
    member("id", &StageRecord::id, form::run),
    member("tool", &StageRecord::tool),
    member("version", &StageRecord::version),
    member("started", &StageRecord::started, form::time).freely(),
    member("finished", &StageRecord::finished, form::time).freely(),
    member("parameters", &StageRecord::parameters),
    member("inputs", &StageRecord::inputs, form::sha256),
    member("verdict", &StageRecord::verdict, form::one_of("yes", "no")).per_attempt(),
    member("failures", &StageRecord::failures).sparse().per_attempt(),
    member("seal", &StageRecord::seal, form::sha256).per_attempt(),
    follows_member<StageRecord>(),
};

template struct RecordType<StageRecord>;

} // namespace albs
