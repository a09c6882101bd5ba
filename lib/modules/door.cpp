// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "modules/table.hpp"
#include "sys/module.hpp"

namespace albs::modules {

Result<Document> read_modules(const std::vector<std::string>& texts)
{
    return sys::module_table<Table>().read_modules_(texts);
}

} // namespace albs::modules
