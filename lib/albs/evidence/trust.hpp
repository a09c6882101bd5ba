// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a verifier trusts, from the files that say so.
#pragma once
#include <string>

#include "albs/log/policy.hpp"
#include "base/result.hpp"

namespace albs {

/// Reads a `log.vkey` file (one line for each key of one log): its keys, and no witnesses. Kind::environment if it
/// cannot be read, Kind::input if it is no key.
Result<Policy> read_log_trust(const std::string& path);
/// Reads a policy, albs-policy(5). Errors as above.
Result<Policy> read_policy(const std::string& path);

} // namespace albs
