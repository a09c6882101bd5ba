// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/trust.hpp"

#include <cstdlib>

namespace albs::cli {

std::vector<Option> trust_options(TrustOptions& options, const std::string& without)
{
    return {
        {.names = "--log-key",
         .value = "FILE",
         .help = "the verifier key of the log to trust, its log.vkey" + (without.empty() ? "" : " (" + without + ")"),
         .target = &options.log_key,
         .local = true},
        {.names = "--policy",
         .value = "FILE",
         .help = "logs to trust and witnesses to ask for, see albs-policy(5); instead of --log-key",
         .target = &options.policy,
         .local = true}};
}

Result<std::optional<Policy>> given_trust(const TrustOptions& options)
{
    if (!options.log_key.empty() && !options.policy.empty())
        return fail(Kind::usage, "--log-key and --policy both say whom to trust", "give one of them");
    if (!options.is_given())
        return std::optional<Policy>();
    ALBS_TRY(Policy policy, options.policy.empty() ? read_log_trust(options.log_key) : read_policy(options.policy));
    return std::optional<Policy>(std::move(policy));
}

std::string own_ledger(const Context& context)
{
    const char* configured = std::getenv("ALBS_LEDGER");
    return configured != nullptr && *configured != '\0' ? configured : context.workspace_path() + "/ledger";
}

std::string own_log_key(const Context& context)
{
    return own_ledger(context) + "/log.vkey";
}

} // namespace albs::cli
