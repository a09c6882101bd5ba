// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be wrong with a log, looked for: tiles, root and statements are made again from the entries.
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
    std::uint64_t statements = 0; ///< that are there; the others are withheld
    std::vector<std::string> problems;
};

/// Reads the whole log. An Error only when it cannot be read at all; what is wrong with it is in problems. directory:
/// where the log is on this machine, to look at its private state and at files that no one asks for; may be empty.
Result<Audit> audit_log(const Fetch& fetch, const Policy& policy, const std::string& directory,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

} // namespace albs
