// SPDX-License-Identifier: GPL-3.0-or-later
#include "modules/template.hpp"

#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "modules/handles.hpp"
#include "modules/library.hpp"

namespace albs::modules {
namespace {

Component read_component(ModulemdComponentRpm* from)
{
    auto* general = MODULEMD_COMPONENT(from);
    Component component;
    component.key = or_empty(modulemd_component_get_key(general));
    component.name = or_empty(modulemd_component_get_name(general));
    component.repository = or_empty(modulemd_component_rpm_get_repository(from));
    component.ref = or_empty(modulemd_component_rpm_get_ref(from));
    component.cache = or_empty(modulemd_component_rpm_get_cache(from));
    component.buildorder = modulemd_component_get_buildorder(general);
    component.buildafter = strings(modulemd_component_get_buildafter_as_strv(general));
    component.arches = strings(modulemd_component_rpm_get_arches_as_strv(from));
    component.multilib = strings(modulemd_component_rpm_get_multilib_arches_as_strv(from));
    component.buildonly = modulemd_component_get_buildonly(general) != FALSE;
    component.buildroot = modulemd_component_rpm_get_buildroot(from) != FALSE;
    component.srpm_buildroot = modulemd_component_rpm_get_srpm_buildroot(from) != FALSE;
    return component;
}

Template read_stream(ModulemdModuleStreamV2* from)
{
    Template read;
    read.name = or_empty(modulemd_module_stream_get_module_name(MODULEMD_MODULE_STREAM(from)));
    read.stream = or_empty(modulemd_module_stream_get_stream_name(MODULEMD_MODULE_STREAM(from)));
    for (const std::string& key : strings(modulemd_module_stream_v2_get_rpm_component_names_as_strv(from)))
        read.components.push_back(read_component(modulemd_module_stream_v2_get_rpm_component(from, key.c_str())));
    read.modules = strings(modulemd_module_stream_v2_get_module_component_names_as_strv(from));
    return read;
}

Template read_packager(ModulemdPackagerV3* from)
{
    Template read;
    read.name = or_empty(modulemd_packager_v3_get_module_name(from));
    read.stream = or_empty(modulemd_packager_v3_get_stream_name(from));
    for (const std::string& key : strings(modulemd_packager_v3_get_rpm_component_names_as_strv(from)))
        read.components.push_back(read_component(modulemd_packager_v3_get_rpm_component(from, key.c_str())));
    read.modules = strings(modulemd_packager_v3_get_module_component_names_as_strv(from));
    return read;
}

} // namespace

Result<std::vector<Component>> in_build_order(std::vector<Component> components)
{
    std::sort(components.begin(), components.end(), [](const Component& one, const Component& other) {
        return std::tie(one.buildorder, one.key) < std::tie(other.buildorder, other.key);
    });
    std::set<std::string> keys;
    for (const Component& component : components)
        keys.insert(component.key);
    for (const Component& component : components)
        for (const std::string& before : component.buildafter)
            if (keys.count(before) == 0)
                return fail(Kind::input, format_text("component '{}' is to be built after '{}', which is no component",
                                                     component.key, before));
    std::vector<Component> ordered;
    std::set<std::string> done;
    while (!components.empty()) {
        auto next = std::find_if(components.begin(), components.end(), [&](const Component& component) {
            return std::all_of(component.buildafter.begin(), component.buildafter.end(),
                               [&](const std::string& before) { return done.count(before) != 0; });
        });
        if (next == components.end())
            return fail(Kind::input, format_text("component '{}' is to be built after itself, by way of others",
                                                 components.front().key));
        done.insert(next->key);
        ordered.push_back(std::move(*next));
        components.erase(next);
    }
    return ordered;
}

Result<Template> Library::read_template(const std::string& text) const
{
    GObject* object = nullptr;
    GError* error = nullptr;
    GType type = modulemd_read_packager_string(text.c_str(), &object, &error);
    Held<GObject> held(object);
    if (type == G_TYPE_INVALID)
        return fail(Kind::input, "the module template cannot be read: " + reason(error));
    Template read = type == MODULEMD_TYPE_PACKAGER_V3 ? read_packager(MODULEMD_PACKAGER_V3(object))
                                                      : read_stream(MODULEMD_MODULE_STREAM_V2(object));
    ALBS_TRY(read.components, in_build_order(std::move(read.components)));
    return read;
}

} // namespace albs::modules
