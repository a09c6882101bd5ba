// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "modules/streams.hpp"

namespace albs::modules {

struct Table {
    static constexpr const char* module = "albs-modules";
    decltype(&read_modules) read_modules_;
};

} // namespace albs::modules
