// SPDX-License-Identifier: GPL-3.0-or-later
// albs-metalink.so, with libxml2.
#include "metalink/table.hpp"
#include "sys/module.hpp"

namespace albs::metalink {
namespace {
constexpr Table table = {
    &read_metalink,
};
} // namespace
} // namespace albs::metalink

ALBS_MODULE(albs::metalink::table)
