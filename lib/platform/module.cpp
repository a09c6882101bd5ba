// SPDX-License-Identifier: GPL-3.0-or-later
// albs-platform.so, with yaml-cpp.
#include "platform/table.hpp"
#include "sys/module.hpp"

namespace albs::platform {
namespace {
constexpr Table table = {&Catalog::read, &Platform::find, &Platform::known};
} // namespace
} // namespace albs::platform

ALBS_MODULE(albs::platform::table)
