// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/merge_artifacts.hpp"

#include <algorithm>

namespace albs {
namespace {

// A name or a list of names.
bool add_names(Json& artifact, const Json& more)
{
    bool grown = false;
    auto add = [&](const Json& name) {
        Json* names = artifact.find("names");
        const Json::Array* list = names == nullptr ? nullptr : names->elements();
        bool known = name == *artifact.find("name") ||
                     (list != nullptr && std::find(list->begin(), list->end(), name) != list->end());
        if (known || name.string() == nullptr)
            return;
        (list == nullptr ? artifact.set("names", Json::array()) : *names).push(name);
        grown = true;
    };
    if (more.elements() == nullptr)
        add(more);
    else
        for (const Json& name : *more.elements())
            add(name);
    return grown;
}

// What says nothing: no value, or a kind that every artifact is of.
bool is_weak(std::string_view member, const Json& value)
{
    return value.is_null() || (member == "kind" && value == Json("file"));
}

} // namespace

std::optional<bool> merge_artifact_member(Json& artifact, const Json::Member& more)
{
    Json* value = artifact.find(more.key);
    if (more.key == "names" || (value != nullptr && more.key == "name"))
        return add_names(artifact, more.value);
    if (value == nullptr || (more.key != "kind" && more.key != "rpm" && more.key != "unsigned"))
        return std::nullopt;
    if (is_weak(more.key, more.value))
        return false;
    if (!is_weak(more.key, *value))
        return std::nullopt;
    *value = more.value;
    return true;
}

} // namespace albs
