// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/module.hpp"

#include "albs/manifest/members.hpp"
#include "base/digest.hpp"

namespace albs {

template <>
constexpr auto list_of<ModuleComponent> = MemberList{
    "module_component",
    member("name", &ModuleComponent::name),
    member("source", &ModuleComponent::source),
    member("buildorder", &ModuleComponent::buildorder),
    member("buildafter", &ModuleComponent::buildafter).sparse(),
};

template <>
constexpr auto list_of<Module> = MemberList{
    "module",
    member("id", &Module::id),
    member("name", &Module::name),
    member("stream", &Module::stream),
    member("url", &Module::url).per_attempt(),
    member("ref", &Module::ref).per_attempt(),
    member("commit", &Module::commit).per_attempt(),
    member("commit_time", &Module::commit_time, form::time).sparse().freely(),
    member("document", &Module::document, form::sha256),
    member("components", &Module::components),
    follows_member<Module>(),
};

template struct RecordType<Module>;

std::string module_digest(const Module& module)
{
    Json said = Json::object({{"name", module.name},
                              {"stream", module.stream},
                              {"document", module.document},
                              {"components", write_value(module.components, Part::whole)}});
    return sha256(canonical_json(said)).hex();
}

} // namespace albs
