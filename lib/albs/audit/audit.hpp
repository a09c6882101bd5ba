// SPDX-License-Identifier: GPL-3.0-or-later
// A check of a whole log: tiles, root and statements are made again from the entries, and compared.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "albs/log/policy.hpp"
#include "albs/log/view.hpp"
#include "base/result.hpp"

namespace albs {

struct Audit {
    std::uint64_t entries = 0;
    std::uint64_t statements = 0; ///< that are there
    std::uint64_t withheld = 0;   ///< statements that are not, in a log that has statements (log.json)
    std::vector<std::string> missing;  ///< resources that a whole log has: nothing can be said of what they hold
    std::vector<std::string> problems; ///< what contradicts: no honest log is like that
};

/// Reads the whole log. An Error only when it cannot be read at all; what is wrong with it is in problems and missing. directory:
/// where the log is on this machine, to look at its private state and at files that no one asks for; may be empty.
Result<Audit> audit_log(const Fetch& fetch, const Policy& policy, const std::string& directory,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

} // namespace albs
