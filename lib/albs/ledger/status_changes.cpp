// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/status_changes.hpp"

#include <algorithm>

#include "albs/log/directory.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/status.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// Statements are read only if they can be changes: a ledger has a thousand others for each.
Result<std::optional<StatusChange>> change_in(const LoggedStatement& one)
{
    if (one.envelope.payload.find(status_type) == std::string::npos)
        return std::optional<StatusChange>();
    ALBS_TRY(Json statement, read_json(one.envelope.payload));
    std::optional<StatusChange> change = status_of(statement);
    if (!change)
        return change;
    ALBS_CHECK(check_leaf(one.entry, one.envelope));
    change->index = one.index;
    return change;
}

} // namespace

Status add_ledger_changes(EvidenceReader& reader, const std::string& directory, const LogTrust& trust)
{
    if (!sys::exists(directory + "/checkpoint") || !sys::exists(directory + "/log.vkey"))
        return {};
    ALBS_TRY(LogTrust own, read_log_trust(directory + "/log.vkey"));
    auto is_trusted = [&](const Vkey& key) {
        return std::any_of(trust.keys.begin(), trust.keys.end(), [&](const Vkey& one) { return one.name == key.name; });
    };
    if (std::none_of(own.keys.begin(), own.keys.end(), is_trusted))
        return {};
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at());
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(directory), Policy::of(trust.keys), memory));
    std::vector<StatusChange> changes;
    auto take = [&](const LoggedStatement& one) -> Status {
        ALBS_TRY(std::optional<StatusChange> change, change_in(one));
        if (change)
            changes.push_back(*std::move(change));
        return {};
    };
    if (Result<std::uint64_t> read = for_each_statement(log, take); !read)
        return fail(std::move(read).error(), "'" + directory + "'");
    reader.add_changes(log.checkpoint.origin, changes);
    return {};
}

} // namespace albs
