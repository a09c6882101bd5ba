// SPDX-License-Identifier: GPL-3.0-or-later
#include "planned_modules.hpp"

#include "base/format.hpp"

namespace albs::build {
namespace {

Json planned_module(const ModulePlan& plan, const Recipe& recipe)
{
    Json streams = Json::array();
    for (const auto& [module, stream] : plan.choice.at_build)
        streams.push(format_text("{}:{}", module, stream));
    Json components = Json::array();
    for (const ComponentPlan& component : plan.components)
        components.push(Json::object({{"name", component.key},
                                      {"source", component.source},
                                      {"arches", Json::strings(component.arches)},
                                      {"buildonly", component.buildonly}}));
    return Json::object({{"id", std::string(plain_id(plan.record))},
                         {"platform", recipe.platform.name()},
                         {"arches", Json::strings(recipe.arches)},
                         {"name", plan.identity.name},
                         {"stream", plan.identity.stream},
                         {"version", std::to_string(plan.identity.version)},
                         {"context", plan.identity.context},
                         {"dist", plan.dist},
                         {"built_with", std::move(streams)},
                         {"filter", Json::strings(plan.description.filter)},
                         {"components", std::move(components)}});
}

} // namespace

Json module_of(const QueuedTask& queued)
{
    const ModulePlan* module = queued.work->modules.find(plain_id(queued.prepared.planned.source)).module;
    return module == nullptr ? Json() : Json(std::string(plain_id(module->record)));
}

Json planned_later(const std::vector<Part>& parts, Json tasks)
{
    const Json::Array& known = *tasks.elements();
    const Json* last = known.empty() ? nullptr : known.back().find("wave");
    const std::int64_t waves = last != nullptr ? *last->integer() : 0;
    for (std::size_t stage = 1; stage < count_stages(parts); ++stage)
        for (const Part& part : parts)
            for (const PlannedTask& task : part.tasks) {
                if (part.modules.stage_of(task) != stage)
                    continue;
                const ModulePlan& module = *part.modules.find(plain_id(task.source)).module;
                tasks.push(Json::object({{"id", task.id},
                                         {"source", task.source.id},
                                         {"platform", part.recipe.platform.name()},
                                         {"arch", task.arch},
                                         {"module", std::string(plain_id(module.record))},
                                         {"options", Json::strings(module.recipe->options)},
                                         {"verified", task.verified},
                                         {"build", true},
                                         {"reason", Json()},
                                         {"reuse", false},
                                         {"wave", waves + static_cast<std::int64_t>(stage)},
                                         {"waits_for", Json::array()},
                                         {"late", "its source package is made with packages that are built before"},
                                         {"needs", Json::array()},
                                         {"root", Json()}}));
            }
    return tasks;
}

Json planned_modules(const std::vector<Part>& parts)
{
    Json modules = Json::array();
    for (const Part& part : parts)
        for (const ModulePlan& plan : part.modules.all())
            modules.push(planned_module(plan, part.recipe));
    return modules;
}

} // namespace albs::build
