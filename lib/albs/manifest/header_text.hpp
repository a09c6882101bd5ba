// SPDX-License-Identifier: GPL-3.0-or-later
// What the header of a package says in words, as it is read and as a bill of materials states it.
#pragma once
#include <cstdint>
#include <string>

namespace albs {

struct HeaderText {
    std::string summary;
    std::string description;
    std::string license;
    std::string url;
    std::string vendor;
    std::string packager;
    std::string build_host;
    std::int64_t build_time = 0;
};

} // namespace albs
