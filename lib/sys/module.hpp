// SPDX-License-Identifier: GPL-3.0-or-later
// Drivers that are loaded when they are first called. libcurl alone brings thirty libraries into a process, and each
// of them costs start-up time that a run without network would pay for nothing; so the drivers of heavy C libraries
// are modules (albs-http.so, in the folder albs/ beside libalbs.so).
//
// lib/X/library.hpp declares the driver's functions as virtual ones of a class Library, and library(), which gives the
// one object of it: a call goes through the object, so nothing of the driver is linked into the tool. They are defined
// in the driver's own files, and nowhere else are they named.
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

/// What every module exports under the name `albs_module_X`.
struct ModuleHead {
    const char* version; ///< ALBS_VERSION: a class belongs to one version of the tools
    const void* library; ///< of the driver's class Library
};

/// What NAME.so exports as that symbol; the module stays loaded for good. Throws ModuleError.
const void* load_module(const std::string& name, const char* symbol);

} // namespace albs::sys

/// In one file of a driver: its library, for who links the driver itself (unit tests), and for who loads it.
#define ALBS_DRIVER(driver)                                                                                            \
    namespace albs::driver {                                                                                           \
    static const Library the_library{};                                                                                \
    const Library& library()                                                                                           \
    {                                                                                                                  \
        return the_library;                                                                                            \
    }                                                                                                                  \
    }                                                                                                                  \
    extern "C" __attribute__((visibility("default"))) const ::albs::sys::ModuleHead albs_module_##driver;              \
    const ::albs::sys::ModuleHead albs_module_##driver = {ALBS_VERSION, &::albs::driver::the_library};
