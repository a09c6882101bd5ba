// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "http/transfer.hpp"

namespace albs::http {

struct Table {
    static constexpr const char* module = "albs-http";
    decltype(&get) get_;
    decltype(&post) post_;
    decltype(&exchange) exchange_;
    decltype(&download) download_;
    decltype(&get_if_changed) get_if_changed_;
};

} // namespace albs::http
