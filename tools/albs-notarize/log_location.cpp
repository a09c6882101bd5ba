// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_location.hpp"

#include <cstdlib>
#include <memory>
#include <mutex>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/remembered.hpp"
#include "base/format.hpp"
#include "cli/duration.hpp"
#include "http/library.hpp"
#include "sys/file.hpp"

namespace albs::notarize {

namespace {

constexpr const char* default_timeout = "5m";

// A log that answers twice can answer differently: what was held against the remembered checkpoint has to be what
// everything else is held against.
Fetch with_one_checkpoint(Fetch fetch)
{
    struct Once {
        std::once_flag flag;
        Result<std::string> note = std::string();
    };
    return [fetch = std::move(fetch), once = std::make_shared<Once>()](const std::string& path) {
        if (path != "checkpoint")
            return fetch(path);
        std::call_once(once->flag, [&] { once->note = fetch(path); });
        return once->note;
    };
}

Status extends_file(LogView& view, const std::string& path, const Policy& policy)
{
    ALBS_TRY(std::string text, sys::read_file(path, std::size_t{1} << 20));
    Result<Checkpoint> known = Note::parse(text).and_then(
        [](const auto& note) -> tl::expected<Checkpoint, Error> { return Checkpoint::parse(note.text); });
    if (!known)
        return fail(std::move(known).error(), "'" + path + "'");
    if (known->origin != view.checkpoint.origin)
        return fail(Kind::input, format_text("'{}' is a checkpoint of '{}', not of '{}'", path, known->origin,
                                             view.checkpoint.origin));
    // Who gives it vouches for it, so a signature by a key that is not known here is no matter; a false one is.
    ALBS_TRY(Note note, Note::parse(text));
    if (Status holds = verify_known(note, policy.keys()); !holds)
        return fail(std::move(holds).error(), "'" + path + "'");
    return view.extends(*known, text);
}

} // namespace

std::string ledger_path(const std::string& option, const cli::Context& context)
{
    if (!option.empty())
        return option;
    const char* configured = std::getenv("ALBS_LEDGER");
    if (configured != nullptr && *configured != '\0')
        return configured;
    return context.workspace_path() + "/ledger";
}

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
        return LogLocation{.text = text, .remote = false, .fetch = with_one_checkpoint(fetch_from_directory(text))};
    std::string base = text.ends_with('/') ? text : text + "/";
    auto fetch = [base, transfer](const std::string& path) { return http::library().get(base + path, transfer); };
    return LogLocation{.text = text, .remote = true, .fetch = with_one_checkpoint(std::move(fetch))};
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

Result<LogView> open_log(const TrustOptions& options, const Policy& policy, const LogLocation& place, bool dry_run)
{
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(options.remember));
    ALBS_TRY(LogView view, LogView::open(place.fetch, policy, memory));
    if (!options.checkpoint.empty())
        ALBS_CHECK(extends_file(view, options.checkpoint, policy));
    if (!dry_run)
        ALBS_CHECK(memory.keep({.checkpoint = view.checkpoint, .note = view.note}, policy.keys(), true));
    return view;
}

} // namespace albs::notarize
