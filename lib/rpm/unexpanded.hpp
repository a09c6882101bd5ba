// SPDX-License-Identifier: GPL-3.0-or-later
// Macros that nobody defined. rpm leaves them as they are, and makes names of them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "rpm/package.hpp"

namespace albs::rpm {

struct Unexpanded {
    std::string macro; ///< its name: "nover"
    std::string where; ///< "version '%{nover}'"
};

/// The first macro that is left in the text; WHAT says of what it is.
std::optional<Unexpanded> find_unexpanded(std::string_view what, const std::string& text);

/// The first macro that is left in name, version, release, an architecture or a dependency of the package.
std::optional<Unexpanded> find_unexpanded(const Package& package);

} // namespace albs::rpm
