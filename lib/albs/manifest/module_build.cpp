// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/module_build.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<ModuleBuild> = MemberList{
    "module_build",
    member("id", &ModuleBuild::id),
    member("module", &ModuleBuild::module),
    member("platform", &ModuleBuild::platform),
    member("arch", &ModuleBuild::arch),
    member("name", &ModuleBuild::name),
    member("stream", &ModuleBuild::stream),
    member("version", &ModuleBuild::version).per_attempt(),
    member("context", &ModuleBuild::context).per_attempt(),
    member("dist", &ModuleBuild::dist).per_attempt(),
    member("tasks", &ModuleBuild::tasks).per_attempt(),
    member("document", &ModuleBuild::document, form::sha256).per_attempt(),
    follows_member<ModuleBuild>(),
};

template struct RecordType<ModuleBuild>;

} // namespace albs
