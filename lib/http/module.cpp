// SPDX-License-Identifier: GPL-3.0-or-later
// albs-http.so, with libcurl.
#include "http/table.hpp"
#include "sys/module.hpp"

namespace albs::http {
namespace {
constexpr Table table = {
    &get,
    &post,
    &exchange,
    &download,
    &get_if_changed,
};
} // namespace
} // namespace albs::http

ALBS_MODULE(albs::http::table)
