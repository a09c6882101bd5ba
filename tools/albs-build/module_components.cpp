// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "module_plan.hpp"

namespace albs::build {
namespace {

/// Those that are built before each: with a lower buildorder, or named by buildafter, directly or not.
std::map<std::string, std::set<std::string>> predecessors(const std::vector<modules::Component>& components)
{
    std::map<std::string, std::set<std::string>> before;
    for (const modules::Component& component : components) { // which come in an order in which they can be built
        std::set<std::string>& all = before[component.key];
        for (const modules::Component& other : components)
            if (other.buildorder < component.buildorder)
                all.insert(other.key);
        for (const std::string& key : component.buildafter) {
            all.insert(key);
            all.insert(before[key].begin(), before[key].end());
        }
    }
    return before;
}

/// What both allow; empty: all.
std::vector<std::string> common(const std::vector<std::string>& one, const std::vector<std::string>& other)
{
    if (one.empty() || other.empty())
        return one.empty() ? other : one;
    std::vector<std::string> both;
    for (const std::string& arch : one)
        if (std::find(other.begin(), other.end(), arch) != other.end())
            both.push_back(arch);
    return both.empty() ? std::vector<std::string>{"none"} : both;
}

} // namespace

std::vector<ComponentPlan> plan_components(const modules::BuildDescription& description,
                                           const modules::Configuration& configuration,
                                           const std::vector<ModuleComponent>& sources)
{
    const auto before = predecessors(description.components);
    std::map<std::string, std::string> source_of;
    for (const ModuleComponent& one : sources)
        source_of.emplace(one.name, one.source);
    std::vector<ComponentPlan> plans;
    std::map<std::string, std::size_t> stages;
    for (const modules::Component& component : description.components) {
        ComponentPlan plan{.key = component.key,
                           .source = source_of[component.key],
                           .after = {},
                           .arches = common(component.arches, configuration.arches),
                           .multilib = component.multilib,
                           .buildonly = component.buildonly,
                           .installed = {},
                           .installed_for_package = {},
                           .stage = 0};
        const std::set<std::string>& earlier = before.at(component.key);
        for (const modules::Component& other : description.components) {
            if (earlier.count(other.key) == 0)
                continue;
            plan.after.push_back(source_of[other.key]);
            if (other.buildroot)
                plan.installed = description.buildroot;
            if (other.srpm_buildroot)
                plan.installed_for_package = description.srpm_buildroot;
            const std::size_t own = stages[other.key];
            plan.stage =
                std::max(plan.stage, other.srpm_buildroot && !description.srpm_buildroot.empty() ? own + 1 : own);
        }
        stages[component.key] = plan.stage;
        plans.push_back(std::move(plan));
    }
    return plans;
}

} // namespace albs::build
