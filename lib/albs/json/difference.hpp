// SPDX-License-Identifier: GPL-3.0-or-later
// Where two values differ, for messages.
#pragma once
#include <string>
#include <string_view>

#include "albs/json/value.hpp"

namespace albs {

struct Difference {
    std::string path; ///< of the first member that differs: "reason.message", "lookaside[2].sha256"
    std::string first;
    std::string second; ///< both as JSON; "nothing" for a member that is not there
};

/// Of two values that are not equal, both of the member NAME. A long text is shortened, with its length and SHA-256.
Difference first_difference(std::string_view name, const Json& first, const Json& second);
/// The value in JSON, shortened in the same way.
std::string short_json(const Json& value);

} // namespace albs
