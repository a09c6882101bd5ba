// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "metalink/metalink.hpp"

namespace albs::metalink {

struct Table {
    static constexpr const char* module = "albs-metalink";
    decltype(&read_metalink) read_metalink_;
};

} // namespace albs::metalink
