// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/module.hpp"

#include <cstring>
#include <dlfcn.h>

namespace albs::sys {

Error error_of(const ModuleError& broken)
{
    return {Kind::environment, broken.what(), "install the tools again, all parts from one build"};
}

const void* load_module(const char* name)
{
    const std::string file = std::string(name) + ".so";
    // Found by the run path of the executable; a slash-less name never means the working directory. The module's own
    // libraries stay its own (RTLD_LOCAL).
    void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr)
        throw ModuleError("cannot load '" + file + "': " + ::dlerror());
    const auto* head = static_cast<const ModuleHead*>(::dlsym(handle, "albs_module"));
    if (head == nullptr)
        throw ModuleError("cannot load '" + file + "': it is no module of these tools");
    if (std::strcmp(head->version, ALBS_VERSION) != 0)
        throw ModuleError("cannot load '" + file + "': it is of version " + head->version + ", not " ALBS_VERSION);
    return head->table;
}

} // namespace albs::sys
