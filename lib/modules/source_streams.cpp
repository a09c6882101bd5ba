// SPDX-License-Identifier: GPL-3.0-or-later
#include "modules/source_streams.hpp"

namespace albs::modules {
namespace {

tl::unexpected<Error> unreadable(GError* error)
{
    return fail(Kind::input, "the module template cannot be read: " + reason(error));
}

Held<ModulemdModuleStreamV2> held(gpointer stream)
{
    return Held<ModulemdModuleStreamV2>(MODULEMD_MODULE_STREAM_V2(g_object_ref(stream)));
}

} // namespace

Result<SourceStreams> source_streams(const std::string& text, const std::string& name, const std::string& stream)
{
    GObject* object = nullptr;
    GError* error = nullptr;
    GType type = modulemd_read_packager_string_ext(text.c_str(), &object, name.c_str(), stream.c_str(), &error);
    Held<GObject> read(object);
    if (type == G_TYPE_INVALID)
        return unreadable(error);
    SourceStreams streams;
    if (type != MODULEMD_TYPE_PACKAGER_V3) {
        streams.all.push_back(held(object));
        return streams;
    }
    streams.have_contexts = true;
    Held<ModulemdModuleIndex> index(modulemd_packager_v3_convert_to_index(MODULEMD_PACKAGER_V3(object), &error));
    if (!index)
        return unreadable(error);
    ModulemdModule* module = modulemd_module_index_get_module(index.get(), name.c_str());
    const GPtrArray* all = module == nullptr ? nullptr : modulemd_module_get_all_streams(module);
    for (guint i = 0; all != nullptr && i < all->len; ++i)
        streams.all.push_back(held(g_ptr_array_index(all, i)));
    if (streams.all.empty())
        return fail(Kind::input, "the module template cannot be read: it has no configuration");
    return streams;
}

} // namespace albs::modules
