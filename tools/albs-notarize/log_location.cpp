// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_location.hpp"

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"
#include "cli/duration.hpp"
#include "http/library.hpp"
#include "sys/file.hpp"

namespace albs::notarize {

namespace {

constexpr const char* default_timeout = "5m";

} // namespace

Result<http::Options> timeouts(const std::string& timeout)
{
    http::Options transfer;
    ALBS_TRY(transfer.timeout_ms, cli::parse_duration(timeout.empty() ? default_timeout : timeout));
    return transfer;
}

Result<LogLocation> log_place(const std::string& text, const std::string& timeout)
{
    ALBS_TRY(http::Options transfer, timeouts(timeout));
    bool remote = text.starts_with("http://") || text.starts_with("https://");
    if (!remote && !sys::exists(text))
        return fail(Kind::input, "no log at '" + text + "'", "name its directory, or where it is served: https://...");
    if (!remote)
        return LogLocation{.text = text, .remote = false, .fetch = fetch_from_directory(text)};
    std::string base = text.ends_with('/') ? text : text + "/";
    auto fetch = [base, transfer](const std::string& path) { return http::library().get(base + path, transfer); };
    return LogLocation{.text = text, .remote = true, .fetch = std::move(fetch)};
}

Result<Policy> trusted(const TrustOptions& options)
{
    if (!options.policy.empty()) {
        ALBS_TRY(std::string text, sys::read_file(options.policy, std::size_t{1} << 20));
        Result<Policy> policy = Policy::parse(text);
        if (!policy)
            return fail(std::move(policy).error(), "'" + options.policy + "'");
        return policy;
    }
    if (options.log_key.empty())
        return fail(Kind::usage, "no key to trust", "give the log's key with --log-key, or a policy with --policy");
    ALBS_TRY(LogTrust trust, read_log_trust(options.log_key));
    return Policy::of(trust.keys);
}

Result<Policy> trusted_or_own(const TrustOptions& options, const LogLocation& place)
{
    if (place.remote || !options.policy.empty() || !options.log_key.empty())
        return trusted(options);
    ALBS_TRY(LogSettings settings, read_log_settings(place.text));
    ALBS_TRY(Vkey key, Vkey::parse(settings.vkeys.front()));
    return Policy::of(key);
}

Status check_and_remember(const Policy& policy, const LogLocation& place)
{
    ALBS_TRY(LogView view, LogView::open(place.fetch, policy));
    for (const Policy::Log& log : policy.logs()) {
        if (log.key.name != view.checkpoint.origin || !open_checkpoint(view.note, log.key))
            continue;
        ALBS_TRY(std::optional<RememberedCheckpoint> head, read_remembered(log.key));
        if (head)
            ALBS_CHECK(view.extends(head->checkpoint, head->note));
        ALBS_CHECK(remember_checkpoint(log.key, view.note));
    }
    return {};
}

} // namespace albs::notarize
