// SPDX-License-Identifier: GPL-3.0-or-later
// Drivers that are loaded when they are first called. libcurl alone brings thirty libraries into a process, and each
// of them costs start-up time that a run without network would pay for nothing; so the drivers of heavy C libraries
// are modules (albs-http.so, in the folder albs/ beside libalbs.so), and a tool links only
// their door: functions of the same names that call through the module's table.
#pragma once
#include <stdexcept>
#include <string>

#include "base/result.hpp"

namespace albs::sys {

/// The module is not there, cannot be loaded, or is of another version: the installation is broken. An exception, since
/// it can come out of any function of a driver; run() makes it Kind::environment.
struct ModuleError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Error error_of(const ModuleError& broken);

/// What every module exports under the name `albs_module`.
struct ModuleHead {
    const char* version; ///< ALBS_VERSION: a table belongs to one version of the tools
    const void* table;   ///< of the driver's own type
};

/// The table of NAME.so, which stays loaded for good. Throws ModuleError.
const void* load_module(const char* name);

/// The same, typed, loaded once.
template <class Table> const Table& module_table()
{
    static const Table& table = *static_cast<const Table*>(load_module(Table::module));
    return table;
}

} // namespace albs::sys

/// In the one file of a driver that only its module has: exports the table.
#define ALBS_MODULE(table)                                                                                             \
    extern "C" __attribute__((visibility("default"))) const ::albs::sys::ModuleHead albs_module;                       \
    const ::albs::sys::ModuleHead albs_module = {ALBS_VERSION, &(table)};
