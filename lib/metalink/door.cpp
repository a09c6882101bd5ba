// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "metalink/table.hpp"
#include "sys/module.hpp"

namespace albs::metalink {

Result<Metalink> read_metalink(const std::string& text, const std::string& file)
{
    return sys::module_table<Table>().read_metalink_(text, file);
}

} // namespace albs::metalink
