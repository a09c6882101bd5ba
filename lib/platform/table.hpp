// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "platform/catalog.hpp"

namespace albs::platform {

struct Table {
    static constexpr const char* module = "albs-platform";
    decltype(&Catalog::read) read_;
    decltype(&Platform::find) find_;
    decltype(&Platform::known) known_;
};

} // namespace albs::platform
