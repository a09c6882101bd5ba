// SPDX-License-Identifier: GPL-3.0-or-later
// What libxml2 does for us, as sys/module.hpp explains.
#pragma once
#include "metalink/metalink.hpp"

namespace albs::metalink {

class Library {
public:
    /// What a text says of the file that is named. Kind::input if it is no metalink or has no such file.
    virtual Result<Metalink> read(const std::string& text, const std::string& file) const;
};
const Library& library();

} // namespace albs::metalink
