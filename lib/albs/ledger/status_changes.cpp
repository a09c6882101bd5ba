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
#include "base/format.hpp"
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

// Statements that were not shown, by their entries: those that are not visited.
struct Withheld {
    std::uint64_t next = 0;
    std::vector<std::uint64_t> entries;

    void visit(std::uint64_t index)
    {
        for (; next < index; ++next)
            entries.push_back(next);
        next = index + 1;
    }
};

// How many of them may withdraw something: not those that the manifest has.
Result<std::uint64_t> count_unknown(const EvidenceReader& reader, LogView& log, const Withheld& withheld)
{
    std::uint64_t unknown = 0;
    for (std::uint64_t index : withheld.entries) {
        ALBS_TRY(Digest leaf, log.tiles.node({.level = 0, .index = index}));
        unknown += reader.knows_entry(log.checkpoint.origin, index, leaf) ? 0 : 1;
    }
    return unknown;
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
    Withheld withheld;
    std::uint64_t unlisted = 0; // of those that the list's maker could not read
    auto take = [&](const LoggedStatement& one) -> Status {
        withheld.visit(one.index);
        ALBS_TRY(std::optional<StatusChange> change, change_in(one, policy));
        if (change)
            changes.push_back(*std::move(change));
        return {};
    };
    auto begin = [&](const StatusList& list) -> Status {
        withheld.next = list.size;
        unlisted = list.withheld;
        for (const ListedChange& one : list.changes)
            if (is_heard(one, policy))
                changes.push_back(one.change);
        return {};
    };
    if (Result<std::uint64_t> read = for_each_since_list(log, policy, begin, take); !read)
        return fail(std::move(read).error(), "'" + directory + "'");
    reader.add_changes(log.checkpoint.origin, changes);
    withheld.visit(log.checkpoint.size);
    ALBS_TRY(std::uint64_t unknown, count_unknown(reader, log, withheld));
    if (unknown + unlisted > 0)
        reader.set_unknown_status(
            format_text("{} statements of the ledger '{}' are withheld: a revocation may be among them",
                        unknown + unlisted, directory));
    return {};
}

} // namespace albs
