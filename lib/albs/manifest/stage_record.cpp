// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/stage_record.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<StageRecord> = MemberList{
    "stage",
    member("id", &StageRecord::id, form::sha256),
    member("tool", &StageRecord::tool),
    member("version", &StageRecord::version),
    member("started", &StageRecord::started, form::time),
    member("finished", &StageRecord::finished, form::time),
    member("parameters", &StageRecord::parameters),
    member("inputs", &StageRecord::inputs, form::sha256),
    member("verdict", &StageRecord::verdict, form::one_of("yes", "no")),
    member("seal", &StageRecord::seal, form::sha256),
};

template struct RecordType<StageRecord>;

} // namespace albs
