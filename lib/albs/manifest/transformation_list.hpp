// SPDX-License-Identifier: GPL-3.0-or-later
// The members of a transformation, for the records that hold some: sources and tasks.
#pragma once
#include "albs/manifest/members.hpp"
#include "albs/manifest/transformation.hpp"

namespace albs {

template <>
inline constexpr auto list_of<Transformation> = MemberList{
    "transformation",
    member("kind", &Transformation::kind).bound(),
    member("input", &Transformation::input, form::sha256).bound(),
    member("output", &Transformation::output, form::sha256).bound(),
    member("by", &Transformation::by, form::sha256).bound(),
    member("program", &Transformation::program).bound(),
    member("buildroot", &Transformation::buildroot, form::sha256).bound(),
};

} // namespace albs
