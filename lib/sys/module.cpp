// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/module.hpp"

#include <cstring>
#include <dlfcn.h>

#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs::sys {

Error error_of(const ModuleError& broken)
{
    return {Kind::environment, broken.what(), "install the tools again, all parts from one build"};
}

namespace {

/// The folder of libalbs-tools.so, which the tool was linked with: the modules are of the same installation.
std::string folder_of_library()
{
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&albs::to_hex), &info) == 0 || info.dli_fname == nullptr)
        return ".";
    std::string path = info.dli_fname;
    return path.substr(0, path.rfind('/'));
}

} // namespace

const void* load_module(const std::string& name, const char* symbol)
{
    // A path, not a name: neither LD_LIBRARY_PATH nor the working directory has a say. The module's own libraries stay
    // its own (RTLD_LOCAL).
    const std::string file = folder_of_library() + "/albs/" + name + ".so";
    void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr)
        throw ModuleError("cannot load '" + file + "': " + ::dlerror());
    const auto* head = static_cast<const ModuleHead*>(::dlsym(handle, symbol));
    if (head == nullptr)
        throw ModuleError("cannot load '" + file + "': it is no module of these tools");
    if (std::strcmp(head->version, ALBS_VERSION) != 0)
        throw ModuleError(
            format_text("cannot load '{}': it is of version {}{}", file, head->version, ", not " ALBS_VERSION));
    return head->library;
}

} // namespace albs::sys
