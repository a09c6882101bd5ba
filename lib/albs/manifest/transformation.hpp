// SPDX-License-Identifier: GPL-3.0-or-later
// How one source tree was made of another.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct Transformation {
    std::string kind;         ///< "rpmautospec", "debrand"
    std::string input;        ///< artifact: the source tree before
    std::string output;       ///< artifact: the source tree after
    OptionalString by;        ///< artifact: what told how: the history of the commit, the actions
    OptionalString program;   ///< what did it, with its version
    OptionalString buildroot; ///< artifact: the lock of the root that the program ran in
};

} // namespace albs
