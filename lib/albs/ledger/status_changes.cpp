// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/status_changes.hpp"

#include <algorithm>

#include "albs/log/directory.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/since_list.hpp"
#include "albs/statement/status.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// Statements are read only if they can be changes: a ledger has a thousand others for each.
Result<std::optional<StatusChange>> change_in(const LoggedStatement& one, const Policy& policy)
{
    if (one.envelope.payload.find(status_type) == std::string::npos)
        return std::optional<StatusChange>();
    ALBS_TRY(Json statement, read_json(one.envelope.payload));
    std::optional<StatusChange> change = status_of(statement);
    if (!change)
        return change;
    ALBS_TRY(PublicKey signer, check_leaf(one.entry, one.envelope));
    change->index = one.index;
    return is_heard({.change = *change, .signer = signer.fingerprint().hex()}, policy) ? change : std::nullopt;
}

} // namespace

Status add_ledger_changes(EvidenceReader& reader, const std::string& directory, const Policy& policy)
{
    if (!sys::exists(directory + "/checkpoint") || !sys::exists(directory + "/log.vkey"))
        return {};
    ALBS_TRY(Policy own, read_log_trust(directory + "/log.vkey"));
    const std::vector<Vkey> trusted = policy.keys();
    auto is_trusted = [&](const Vkey& key) {
        return std::any_of(trusted.begin(), trusted.end(), [&](const Vkey& one) { return one.name == key.name; });
    };
    const std::vector<Vkey> own_keys = own.keys();
    if (std::none_of(own_keys.begin(), own_keys.end(), is_trusted))
        return {};
    // Without its witnesses, too: what it says is taken back counts before they have seen it.
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at());
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(directory), Policy::of(trusted), memory));
    std::vector<StatusChange> changes;
    auto take = [&](const LoggedStatement& one) -> Status {
        ALBS_TRY(std::optional<StatusChange> change, change_in(one, policy));
        if (change)
            changes.push_back(*std::move(change));
        return {};
    };
    auto begin = [&](const StatusList& list) -> Status {
        for (const ListedChange& one : list.changes)
            if (is_heard(one, policy))
                changes.push_back(one.change);
        return {};
    };
    if (Result<std::uint64_t> read = for_each_since_list(log, policy, begin, take); !read)
        return fail(std::move(read).error(), "'" + directory + "'");
    reader.add_changes(log.checkpoint.origin, changes);
    return {};
}

} // namespace albs
