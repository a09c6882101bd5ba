// SPDX-License-Identifier: GPL-3.0-or-later
#include "modules/handles.hpp"
#include "modules/library.hpp"
#include "sys/module.hpp"

namespace albs::modules {
namespace {

/// Both upgrades are needed before documents of different age can be looked at alike.
Result<Held<ModulemdModuleIndex>> parse(const std::string& text)
{
    Held<ModulemdModuleIndex> index(modulemd_module_index_new());
    GPtrArray* refused = nullptr;
    GError* error = nullptr;
    gboolean good = modulemd_module_index_update_from_string(index.get(), text.c_str(), FALSE, &refused, &error);
    Held<GPtrArray> failures(refused);
    if (good == FALSE) {
        std::string why = error != nullptr ? reason(error) : "";
        if (why.empty() && failures && failures->len > 0) {
            auto* first = static_cast<ModulemdSubdocumentInfo*>(g_ptr_array_index(failures.get(), 0));
            const GError* one = modulemd_subdocument_info_get_gerror(first);
            why = one != nullptr ? one->message : "unknown error";
        }
        return fail(Kind::input, "module metadata cannot be read: " + why);
    }
    if (modulemd_module_index_upgrade_streams(index.get(), MD_MODULESTREAM_VERSION_TWO, &error) == FALSE ||
        modulemd_module_index_upgrade_defaults(index.get(), MD_DEFAULTS_VERSION_ONE, &error) == FALSE)
        return fail(Kind::input, "module metadata cannot be read: " + reason(error));
    return index;
}

Stream read_stream(ModulemdModuleStream* from)
{
    Stream stream;
    stream.name = or_empty(modulemd_module_stream_get_module_name(from));
    stream.stream = or_empty(modulemd_module_stream_get_stream_name(from));
    stream.version = modulemd_module_stream_get_version(from);
    stream.context = or_empty(modulemd_module_stream_get_context(from));
    stream.arch = or_empty(modulemd_module_stream_get_arch(from));
    auto* second = MODULEMD_MODULE_STREAM_V2(from);
    stream.artifacts = strings(modulemd_module_stream_v2_get_rpm_artifacts_as_strv(second));
    const GPtrArray* blocks = modulemd_module_stream_v2_get_dependencies(second);
    for (guint i = 0; blocks != nullptr && i < blocks->len; ++i) {
        auto* block = static_cast<ModulemdDependencies*>(g_ptr_array_index(blocks, i));
        for (const std::string& module : strings(modulemd_dependencies_get_runtime_modules_as_strv(block)))
            stream.needs.push_back(
                {module, strings(modulemd_dependencies_get_runtime_streams_as_strv(block, module.c_str()))});
    }
    return stream;
}

} // namespace

Result<Document> Library::read(const std::vector<std::string>& texts) const
{
    Document document;
    std::map<std::string, std::string> contradicted;
    for (const std::string& text : texts) {
        ALBS_TRY(Held<ModulemdModuleIndex> index, parse(text));
        for (const std::string& name : strings(modulemd_module_index_get_module_names_as_strv(index.get()))) {
            ModulemdModule* module = modulemd_module_index_get_module(index.get(), name.c_str());
            const GPtrArray* streams = modulemd_module_get_all_streams(module);
            for (guint i = 0; streams != nullptr && i < streams->len; ++i)
                document.streams.push_back(
                    read_stream(static_cast<ModulemdModuleStream*>(g_ptr_array_index(streams, i))));
            ModulemdDefaults* defaults = modulemd_module_get_defaults(module);
            if (defaults == nullptr)
                continue;
            std::string stream =
                or_empty(modulemd_defaults_v1_get_default_stream(MODULEMD_DEFAULTS_V1(defaults), nullptr));
            if (stream.empty())
                continue;
            auto [at, fresh] = document.defaults.emplace(name, stream);
            if (!fresh && at->second != stream)
                contradicted.emplace(name, stream);
        }
    }
    for (const auto& [name, stream] : contradicted)
        document.defaults.erase(name);
    return document;
}

} // namespace albs::modules

ALBS_DRIVER(modules)
