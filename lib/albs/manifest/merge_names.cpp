// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/merge_names.hpp"

#include <algorithm>

namespace albs {

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

} // namespace albs
