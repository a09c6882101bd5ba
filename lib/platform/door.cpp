// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "platform/table.hpp"
#include "sys/module.hpp"

namespace albs::platform {

Result<Catalog> Catalog::read(const std::vector<std::string>& files, const std::string& platform)
{
    return sys::module_table<Table>().read_(files, platform);
}

Result<Platform> Platform::find(const std::string& name)
{
    return sys::module_table<Table>().find_(name);
}

Result<std::vector<std::string>> Platform::known()
{
    return sys::module_table<Table>().known_();
}

} // namespace albs::platform
