// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/module_plan.hpp"

#include <doctest/doctest.h>

using namespace albs;
using namespace albs::build;

namespace {

modules::Component component(const std::string& key, std::int64_t order, std::vector<std::string> after = {})
{
    modules::Component made;
    made.key = made.name = key;
    made.buildorder = order;
    made.buildafter = std::move(after);
    return made;
}

std::vector<ComponentPlan> planned(std::vector<modules::Component> components, std::vector<std::string> arches = {})
{
    modules::BuildDescription description;
    std::vector<ModuleComponent> sources;
    for (const modules::Component& one : components)
        sources.push_back({.name = one.key, .source = one.key + "@1", .buildorder = 0, .buildafter = {}});
    description.components = std::move(components);
    description.buildroot = {"macros"};
    description.srpm_buildroot = {"tools"};
    modules::Configuration configuration;
    configuration.arches = std::move(arches);
    return plan_components(description, configuration, sources);
}

} // namespace

TEST_CASE("components are built after all of a lower buildorder, and after what buildafter leads to")
{
    auto plans = planned({component("a", -1), component("b", 0), component("c", 0), component("d", 3)});
    CHECK(plans[0].after.empty());
    CHECK(plans[1].after == std::vector<std::string>{"a@1"});
    CHECK(plans[2].after == std::vector<std::string>{"a@1"});
    CHECK(plans[3].after == std::vector<std::string>{"a@1", "b@1", "c@1"});
    plans = planned({component("a", 0), component("b", 0, {"a"}), component("c", 0), component("d", 0, {"b"})});
    CHECK(plans[1].after == std::vector<std::string>{"a@1"});
    CHECK(plans[2].after.empty());
    CHECK(plans[3].after == std::vector<std::string>{"a@1", "b@1"});
}

TEST_CASE("profiles of roots count after the component that says so")
{
    std::vector<modules::Component> components = {component("a", 0), component("b", 0), component("c", 1)};
    components[0].buildroot = true;
    components[1].srpm_buildroot = true;
    auto plans = planned(components);
    CHECK(plans[0].installed.empty());
    CHECK(plans[1].installed.empty());
    CHECK(plans[2].installed == std::vector<std::string>{"macros"});
    CHECK(plans[2].installed_for_package == std::vector<std::string>{"tools"});
}

TEST_CASE("source packages with packages of components before are made in later stages")
{
    std::vector<modules::Component> components = {component("a", 0), component("b", 1), component("c", 2),
                                                  component("d", 3), component("e", 3)};
    components[1].srpm_buildroot = true;
    components[2].srpm_buildroot = true;
    std::vector<std::size_t> stages;
    for (const ComponentPlan& plan : planned(components))
        stages.push_back(plan.stage);
    CHECK(stages == std::vector<std::size_t>{0, 0, 1, 2, 2});
}

TEST_CASE("a component is built for the architectures that it and its module name")
{
    std::vector<modules::Component> components = {component("a", 0), component("b", 0), component("c", 0)};
    components[0].arches = {"x86_64", "aarch64"};
    components[1].arches = {"s390x"};
    auto plans = planned(components, {"x86_64"});
    CHECK(plans[0].arches == std::vector<std::string>{"x86_64"});
    CHECK(plans[1].arches == std::vector<std::string>{"none"});
    CHECK(plans[2].arches == std::vector<std::string>{"x86_64"});
    plans = planned(components);
    CHECK(plans[0].arches == std::vector<std::string>{"x86_64", "aarch64"});
    CHECK(plans[2].arches.empty());
}
