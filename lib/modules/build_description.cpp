// SPDX-License-Identifier: GPL-3.0-or-later
#include "modules/build_description.hpp"

#include "base/format.hpp"
#include "modules/library.hpp"
#include "modules/source_streams.hpp"

namespace albs::modules {
namespace {

struct UnrefVariant {
    void operator()(GVariant* variant) const { g_variant_unref(variant); }
};
using Variant = std::unique_ptr<GVariant, UnrefVariant>;

Variant member(GVariant* map, const char* key)
{
    if (map == nullptr || g_variant_is_of_type(map, G_VARIANT_TYPE_VARDICT) == FALSE)
        return nullptr;
    return Variant(g_variant_lookup_value(map, key, nullptr));
}

/// xmd.mbs.buildrequires: what the Module Build Service records of a build.
std::map<std::string, std::string> recorded_streams(ModulemdModuleStreamV2* from)
{
    std::map<std::string, std::string> recorded;
    GVariant* xmd = modulemd_module_stream_v2_get_xmd(from);
    Variant mbs = member(xmd, "mbs");
    Variant all = member(mbs.get(), "buildrequires");
    if (!all || g_variant_is_of_type(all.get(), G_VARIANT_TYPE_VARDICT) == FALSE)
        return recorded;
    GVariantIter each;
    g_variant_iter_init(&each, all.get());
    gchar* name = nullptr;
    GVariant* value = nullptr;
    while (g_variant_iter_next(&each, "{sv}", &name, &value) != FALSE) {
        Variant said(value);
        Variant stream = member(said.get(), "stream");
        if (stream && g_variant_is_of_type(stream.get(), G_VARIANT_TYPE_STRING) != FALSE)
            recorded.emplace(name, g_variant_get_string(stream.get(), nullptr));
        g_free(name);
    }
    return recorded;
}

void add_block(ModulemdDependencies* block, Configuration& to)
{
    to.at_build.clear();
    to.at_run.clear();
    for (const std::string& module : strings(modulemd_dependencies_get_buildtime_modules_as_strv(block)))
        to.at_build.push_back(
            {module, strings(modulemd_dependencies_get_buildtime_streams_as_strv(block, module.c_str()))});
    for (const std::string& module : strings(modulemd_dependencies_get_runtime_modules_as_strv(block)))
        to.at_run.push_back(
            {module, strings(modulemd_dependencies_get_runtime_streams_as_strv(block, module.c_str()))});
}

Status add_configurations(ModulemdModuleStreamV2* from, bool has_context, BuildDescription& read)
{
    Configuration common;
    if (has_context || modulemd_module_stream_v2_is_static_context(from) != FALSE)
        common.context = or_empty(modulemd_module_stream_get_context(MODULEMD_MODULE_STREAM(from)));
    if (ModulemdBuildopts* options = modulemd_module_stream_v2_get_buildopts(from)) {
        ALBS_TRY(common.definitions, definitions_of(or_empty(modulemd_buildopts_get_rpm_macros(options))));
        common.arches = strings(modulemd_buildopts_get_arches_as_strv(options));
    }
    const GPtrArray* blocks = modulemd_module_stream_v2_get_dependencies(from);
    if (blocks == nullptr || blocks->len == 0)
        read.configurations.push_back(common);
    for (guint i = 0; blocks != nullptr && i < blocks->len; ++i) {
        add_block(static_cast<ModulemdDependencies*>(g_ptr_array_index(blocks, i)), common);
        read.configurations.push_back(common);
    }
    return {};
}

std::vector<std::string> packages_of_profile(ModulemdModuleStreamV2* from, const char* name)
{
    ModulemdProfile* profile = modulemd_module_stream_v2_get_profile(from, name);
    return profile == nullptr ? std::vector<std::string>() : strings(modulemd_profile_get_rpms_as_strv(profile));
}

} // namespace

Result<BuildDescription> Library::read_description(const std::string& text, const std::string& name,
                                                   const std::string& stream) const
{
    ALBS_TRY(SourceStreams streams, source_streams(text, name, stream));
    ALBS_TRY(Template read, read_template(text));
    BuildDescription description;
    description.components = std::move(read.components);
    ModulemdModuleStreamV2* first = streams.all.front().get();
    description.version = modulemd_module_stream_get_version(MODULEMD_MODULE_STREAM(first));
    description.recorded = recorded_streams(first);
    for (const auto& one : streams.all)
        ALBS_CHECK(add_configurations(one.get(), streams.have_contexts, description));
    description.filter = strings(modulemd_module_stream_v2_get_rpm_filters_as_strv(first));
    description.buildroot = packages_of_profile(first, "buildroot");
    description.srpm_buildroot = packages_of_profile(first, "srpm-buildroot");
    return description;
}

} // namespace albs::modules
