// SPDX-License-Identifier: GPL-3.0-or-later
// albs-modules.so, with libmodulemd.
#include "modules/table.hpp"
#include "sys/module.hpp"

namespace albs::modules {
namespace {
constexpr Table table = {
    &read_modules,
};
} // namespace
} // namespace albs::modules

ALBS_MODULE(albs::modules::table)
