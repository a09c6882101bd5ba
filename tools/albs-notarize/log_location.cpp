// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_location.hpp"

#include <memory>
#include <mutex>

#include "albs/evidence/split_view.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/log/cached_fetch.hpp"
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
    auto once = std::make_shared<Once>();
    auto get = [fetch, once](const std::string& path) {
        if (path != "checkpoint")
            return fetch(path);
        std::call_once(once->flag, [&] { once->note = fetch(path); });
        return once->note;
    };
    if (!fetch.may_be_copy())
        return get;
    return Fetch(get, [fetch](const std::string& path) { return fetch.anew(path); });
}

Status extends_file(LogView& view, const std::string& path, const Policy& policy, const CheckpointMemory& memory,
                    bool dry_run)
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
    return check_extends(view, {.checkpoint = *known, .note = text}, memory, dry_run);
}

} // namespace

std::string ledger_path(const std::string& option, const cli::Context& context)
{
    return option.empty() ? cli::own_ledger(context) : option;
}

Result<http::Options> timeouts(const std::string& timeout)
{
    http::Options transfer;
    ALBS_TRY(transfer.timeout_ms, cli::parse_duration(timeout.empty() ? default_timeout : timeout));
    return transfer;
}

Copies copies_of(const cli::Context& context)
{
    return context.dry_run() ? Copies::none : Copies::kept;
}

Result<LogLocation> log_place(const std::string& text, const std::string& timeout, Copies copies)
{
    ALBS_TRY(http::Options transfer, timeouts(timeout));
    bool remote = text.starts_with("http://") || text.starts_with("https://");
    if (!remote && !sys::exists(text))
        return fail(Kind::input, "no log at '" + text + "'", "name its directory, or where it is served: https://...");
    if (!remote)
        return LogLocation{.text = text, .remote = false, .fetch = with_one_checkpoint(fetch_from_directory(text))};
    std::string base = text.ends_with('/') ? text : text + "/";
    Fetch fetch = [base, transfer](const std::string& path) {
        http::Options limited = transfer;
        limited.size_limit = static_cast<std::int64_t>(max_resource_bytes(path));
        limited.too_large = Kind::trust;
        return http::library().get(base + path, limited);
    };
    // By its address: what is kept of one log would only be fetched anew for another.
    if (std::string kept = log_cache_directory(); copies == Copies::kept && !kept.empty())
        fetch = cached_fetch(std::move(fetch), kept + "/" + sha256(base).hex());
    return LogLocation{.text = text, .remote = true, .fetch = with_one_checkpoint(std::move(fetch))};
}

Result<Policy> trusted(const TrustOptions& options)
{
    ALBS_TRY(std::optional<Policy> given, cli::given_trust(options.log));
    if (!given)
        return fail(Kind::usage, "no key to trust", "give the log's key with --log-key, or a policy with --policy");
    return *std::move(given);
}

Result<Policy> trusted_or_own(const TrustOptions& options, const LogLocation& place)
{
    if (place.remote || !options.log.policy.empty() || !options.log.log_key.empty())
        return trusted(options);
    ALBS_TRY(LogSettings settings, read_log_settings(place.text));
    ALBS_TRY(Vkey key, Vkey::parse(settings.vkeys.front()));
    return Policy::of(key);
}

Result<LogView> open_log(const TrustOptions& options, const Policy& policy, const LogLocation& place, bool dry_run)
{
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(options.remember));
    ALBS_TRY(const std::vector<RememberedCheckpoint> seen, memory.read_all(policy.keys()));
    ALBS_TRY(LogView view, LogView::open(place.fetch, policy));
    for (const RememberedCheckpoint& one : seen)
        if (one.checkpoint.origin == view.checkpoint.origin)
            ALBS_CHECK(check_extends(view, one, memory, dry_run));
    if (!options.checkpoint.empty())
        ALBS_CHECK(extends_file(view, options.checkpoint, policy, memory, dry_run));
    if (!dry_run)
        ALBS_CHECK(memory.keep({.checkpoint = view.checkpoint, .note = view.note}, policy.keys(), true));
    return view;
}

} // namespace albs::notarize
