// SPDX-License-Identifier: GPL-3.0-or-later
// The document of a stream that was built: its template, with what the build came to.
#include "base/format.hpp"
#include "modules/library.hpp"
#include "modules/source_streams.hpp"

namespace albs::modules {
namespace {

/// Counted as read_description() does.
Result<ModulemdModuleStreamV2*> stream_of(const SourceStreams& streams, std::size_t configuration)
{
    for (const auto& one : streams.all) {
        const GPtrArray* blocks = modulemd_module_stream_v2_get_dependencies(one.get());
        const std::size_t count = blocks == nullptr || blocks->len == 0 ? 1 : blocks->len;
        if (configuration < count)
            return one.get();
        configuration -= count;
    }
    return fail(Kind::internal, "the module template has no such configuration");
}

Held<ModulemdDependencies> dependencies_of(const BuiltStream& built)
{
    Held<ModulemdDependencies> made(modulemd_dependencies_new());
    for (const auto& [module, stream] : built.at_build)
        modulemd_dependencies_add_buildtime_stream(made.get(), module.c_str(), stream.c_str());
    for (const auto& [module, list] : built.at_run) {
        if (list.empty())
            modulemd_dependencies_set_empty_runtime_dependencies_for_module(made.get(), module.c_str());
        for (const std::string& stream : list)
            modulemd_dependencies_add_runtime_stream(made.get(), module.c_str(), stream.c_str());
    }
    return made;
}

void set_dependencies(ModulemdModuleStreamV2* to, const BuiltStream& built)
{
    modulemd_module_stream_v2_clear_dependencies(to);
    if (!built.at_build.empty() || !built.at_run.empty())
        modulemd_module_stream_v2_add_dependencies(to, dependencies_of(built).get());
}

void set_components(ModulemdModuleStreamV2* to, const BuiltStream& built)
{
    for (const auto& [key, commit] : built.commits)
        if (auto* component = modulemd_module_stream_v2_get_rpm_component(to, key.c_str()))
            modulemd_component_rpm_set_ref(component, commit.c_str());
    for (const auto& [key, arches] : built.arches)
        if (auto* component = modulemd_module_stream_v2_get_rpm_component(to, key.c_str())) {
            modulemd_component_rpm_clear_arches(component);
            for (const std::string& arch : arches)
                modulemd_component_rpm_add_restricted_arch(component, arch.c_str());
        }
}

void set_artifacts(ModulemdModuleStreamV2* to, const std::vector<std::string>& artifacts)
{
    modulemd_module_stream_v2_clear_rpm_artifacts(to);
    for (const std::string& artifact : artifacts)
        modulemd_module_stream_v2_add_rpm_artifact(to, artifact.c_str());
}

/// The stream with another name: a copy, since libmodulemd keeps the names of what is there.
Held<ModulemdModuleStreamV2> named(ModulemdModuleStreamV2* from, const std::string& name, const std::string& stream)
{
    return Held<ModulemdModuleStreamV2>(MODULEMD_MODULE_STREAM_V2(
        modulemd_module_stream_copy(MODULEMD_MODULE_STREAM(from), name.c_str(), stream.c_str())));
}

Held<ModulemdModuleStreamV2> main_stream(ModulemdModuleStreamV2* from, const BuiltStream& built)
{
    Held<ModulemdModuleStreamV2> made = named(from, built.identity.name, built.identity.stream);
    auto* general = MODULEMD_MODULE_STREAM(made.get());
    modulemd_module_stream_set_version(general, built.identity.version);
    modulemd_module_stream_set_context(general, built.identity.context.c_str());
    modulemd_module_stream_set_arch(general, built.arch.c_str());
    set_dependencies(made.get(), built);
    set_components(made.get(), built);
    modulemd_module_stream_v2_clear_content_licenses(made.get());
    for (const std::string& license : built.licenses)
        modulemd_module_stream_v2_add_content_license(made.get(), license.c_str());
    for (const std::string& package : built.buildonly)
        modulemd_module_stream_v2_add_rpm_filter(made.get(), package.c_str());
    set_artifacts(made.get(), built.artifacts);
    return made;
}

/// What is left out of the stream, for those who build with it.
Held<ModulemdModuleStreamV2> devel_stream(ModulemdModuleStreamV2* from, const BuiltStream& built)
{
    BuiltStream devel = built;
    devel.identity.name += "-devel";
    devel.at_run[built.identity.name] = {built.identity.stream};
    devel.artifacts = built.left_out;
    devel.licenses = built.licenses_left_out;
    devel.buildonly.clear();
    Held<ModulemdModuleStreamV2> made = main_stream(from, devel);
    modulemd_module_stream_v2_clear_rpm_filters(made.get());
    modulemd_module_stream_v2_clear_rpm_api(made.get());
    modulemd_module_stream_v2_clear_profiles(made.get());
    return made;
}

Status add(ModulemdModuleIndex* index, ModulemdModuleStreamV2* stream)
{
    GError* error = nullptr;
    if (modulemd_module_index_add_module_stream(index, MODULEMD_MODULE_STREAM(stream), &error) == FALSE)
        return fail(Kind::input, "libmodulemd refuses the stream: " + reason(error));
    return {};
}

} // namespace

Result<std::string> Library::write_stream(const std::string& text, const BuiltStream& built) const
{
    ALBS_TRY(SourceStreams streams, source_streams(text, built.identity.name, built.identity.stream));
    ALBS_TRY(ModulemdModuleStreamV2 * from, stream_of(streams, built.configuration));
    Held<ModulemdModuleIndex> index(modulemd_module_index_new());
    ALBS_CHECK(add(index.get(), main_stream(from, built).get()));
    if (!built.left_out.empty() && !built.identity.name.ends_with("-devel"))
        ALBS_CHECK(add(index.get(), devel_stream(from, built).get()));
    GError* error = nullptr;
    gchar* dumped = modulemd_module_index_dump_to_string(index.get(), &error);
    if (dumped == nullptr)
        return fail(Kind::input, "libmodulemd cannot write the stream: " + reason(error));
    std::string written = dumped;
    g_free(dumped);
    return written;
}

} // namespace albs::modules
