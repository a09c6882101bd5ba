// SPDX-License-Identifier: GPL-3.0-or-later
// Whose log a command believes: the options of all tools that check evidence.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/evidence/trust.hpp"
#include "cli/option.hpp"
#include "cli/tool.hpp"

namespace albs::cli {

struct TrustOptions {
    std::string log_key;
    std::string policy;
    bool is_given() const { return !log_key.empty() || !policy.empty(); }
};
/// --log-key and --policy; WITHOUT says what is trusted where neither is given: "default: the workspace's".
std::vector<Option> trust_options(TrustOptions& options, const std::string& without = {});
/// What they name; nothing when neither is given. Kind::usage for both, else as read_log_trust() and read_policy().
Result<std::optional<Policy>> given_trust(const TrustOptions& options);
/// Where the ledger of this workspace is, whether or not there is one: $ALBS_LEDGER, else WORKSPACE/ledger.
std::string own_ledger(const Context& context);
/// Its key file.
std::string own_log_key(const Context& context);

} // namespace albs::cli
