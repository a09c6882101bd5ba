// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/status_changes.hpp"

#include <algorithm>

#include "albs/crypto/dsse.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/remembered.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/status.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// The envelope is read only if its statement can be one: a ledger has a thousand others for each.
Result<std::optional<StatusChange>> change_in(const std::string& line, const std::string& entry)
{
    std::optional<Envelope> envelope = Envelope::from_written(line);
    if (!envelope) {
        ALBS_TRY(Json json, read_json(line));
        ALBS_TRY(envelope, Envelope::from(json));
    }
    ALBS_CHECK(check_leaf_names(entry, *envelope));
    if (envelope->payload.find(status_type) == std::string::npos)
        return std::optional<StatusChange>();
    ALBS_TRY(Json statement, read_json(envelope->payload));
    std::optional<StatusChange> change = status_of(statement);
    if (change)
        ALBS_CHECK(check_leaf(entry, *envelope));
    return change;
}

Status read_bundle_changes(LogView& log, std::uint64_t number, std::vector<StatusChange>& changes)
{
    Result<std::string> text = log.fetch(attestations_path(number));
    if (!text)
        return text.error().kind == Kind::input ? Status() : tl::unexpected<Error>(text.error()); // all withheld
    ALBS_TRY(std::vector<std::string> entries, log.tiles.bundle(number));
    std::vector<std::string> lines = attestation_lines(*text, entries.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty())
            continue;
        ALBS_TRY(std::optional<StatusChange> change, change_in(lines[i], entries[i]));
        if (!change)
            continue;
        change->index = number * tile_width + i;
        changes.push_back(*std::move(change));
    }
    return {};
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
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(directory), Policy::of(trust.keys)));
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at());
    ALBS_TRY(std::optional<RememberedCheckpoint> head, memory.read(log.checkpoint.origin, trust.keys));
    if (head)
        ALBS_CHECK(log.extends(head->checkpoint, head->note));
    std::vector<StatusChange> changes;
    for (std::uint64_t number = 0; number * tile_width < log.checkpoint.size; ++number)
        if (Status read = read_bundle_changes(log, number, changes); !read) {
            Error error = std::move(read).error();
            error.kind = error.kind == Kind::input ? Kind::trust : error.kind;
            return fail(std::move(error), "'" + directory + "/" + attestations_path(number) + "'");
        }
    reader.add_changes(log.checkpoint.origin, changes);
    return {};
}

} // namespace albs
