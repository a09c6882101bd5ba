// SPDX-License-Identifier: GPL-3.0-or-later
#include "wanted_modules.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.hpp"

namespace albs::build {
namespace {

struct Place {
    const Module* module;
    const ModuleComponent* component;
};

/// Each source is one component.
class Sources {
public:
    Status add(const Module& module, const Manifest& manifest)
    {
        for (const ModuleComponent& component : module.components) {
            if (manifest.source(component.source) == nullptr)
                return fail(Kind::input, format_text("{}: its component '{}' is no source of the manifest",
                                                     name_of(module), component.name));
            auto [known, is_new] = places_.emplace(component.source, Place{&module, &component});
            if (is_new)
                continue;
            const Place& other = known->second;
            if (other.module == &module)
                return fail(Kind::input, format_text("{}: its components '{}' and '{}' are one source", name_of(module),
                                                     other.component->name, component.name));
            return fail(Kind::input,
                        format_text("source '{}' is a component of '{}' and of '{}'", component.source,
                                    other.module->id, module.id),
                        "build the modules in two runs");
        }
        return {};
    }

private:
    std::map<std::string, Place> places_;
};

Status check_place(const Module& module, const BuildConfig& recipe)
{
    const char* hint = "to build its sources as packages of no module, take its record out of the manifest";
    if (!recipe.uses_roots())
        return fail(Kind::usage,
                    format_text("{} is built in roots of packages, and backend '{}' makes none", name_of(module),
                                recipe.platform.backend()),
                    hint);
    if (!recipe.lock.empty())
        return fail(Kind::usage, name_of(module) + " is built in a root for each component, and --lock is one root",
                    hint);
    return {};
}

} // namespace

std::string name_of(const Module& module)
{
    return format_text("module '{}:{}'", module.name, module.stream);
}

Result<std::vector<const Module*>> wanted_modules(const Manifest& manifest, const std::vector<PlannedTask>& tasks,
                                                  const BuildConfig& recipe)
{
    std::set<std::string> wanted;
    for (const PlannedTask& task : tasks)
        wanted.emplace(plain_id(task.source));
    std::vector<const Module*> chosen;
    std::map<std::string, const Module*> by_name;
    Sources sources;
    for (const Module* module : manifest.in_force<Module>()) {
        if (std::none_of(module->components.begin(), module->components.end(),
                         [&](const ModuleComponent& one) { return wanted.count(one.source) != 0; }))
            continue;
        auto [known, is_new] = by_name.emplace(format_text("{}:{}", module->name, module->stream), module);
        if (!is_new)
            return fail(Kind::input, format_text("'{}' and '{}' are one module stream", known->second->id, module->id),
                        "build them in two runs, or take one of them out of the manifest");
        ALBS_CHECK(sources.add(*module, manifest));
        ALBS_CHECK(check_place(*module, recipe));
        chosen.push_back(module);
    }
    return chosen;
}

} // namespace albs::build
