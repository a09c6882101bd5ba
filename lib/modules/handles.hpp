// SPDX-License-Identifier: GPL-3.0-or-later
// Objects of libmodulemd that are given back by themselves, and its values as ours.
#pragma once
#include <memory>
#include <string>
#include <vector>

extern "C" {
#include <modulemd.h>
}

namespace albs::modules {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
    void operator()(GError* error) const { g_error_free(error); }
    void operator()(GPtrArray* array) const { g_ptr_array_unref(array); }
    void operator()(gchar** strings) const { g_strfreev(strings); }
};
template <class T> using Held = std::unique_ptr<T, Unref>;

inline std::string reason(GError* error)
{
    Held<GError> held(error);
    return held ? held->message : "unknown error";
}

inline std::vector<std::string> strings(gchar** list)
{
    Held<gchar*> held(list);
    std::vector<std::string> out;
    for (gchar** each = list; each != nullptr && *each != nullptr; ++each)
        out.emplace_back(*each);
    return out;
}

inline const char* or_empty(const char* text)
{
    return text == nullptr ? "" : text;
}

} // namespace albs::modules
