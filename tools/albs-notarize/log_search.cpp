// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_search.hpp"

#include <algorithm>
#include <functional>

#include "albs/dsse.hpp"
#include "albs/leaf.hpp"
#include "albs/ledger_index.hpp"
#include "albs/log_directory.hpp"

namespace albs::notarize {
namespace {

using Wanted = std::function<bool(const Json& statement)>;

Status search_bundle(LogView& log, std::uint64_t number, const Wanted& wanted, std::vector<Found>& found)
{
    Result<std::string> text = log.fetch(attestations_path(number));
    if (!text)
        return text.error().kind == Kind::input ? Status() : Status(tl::unexpected<Error>(std::move(text).error()));
    std::vector<std::string> lines = attestation_lines(*text, tile_width_at(0, number, log.checkpoint.size));
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty())
            continue;
        ALBS_TRY(Json json, read_json(lines[i]));
        ALBS_TRY(Envelope envelope, Envelope::from(json));
        ALBS_TRY(Json statement, read_json(envelope.payload));
        if (!wanted(statement))
            continue;
        if (entries.empty()) {
            ALBS_TRY(entries, log.tiles.bundle(number));
        }
        ALBS_CHECK(check_leaf(entries[i], envelope));
        found.push_back({.index = number * tile_width + i, .statement = std::move(statement)});
    }
    return {};
}

Result<std::vector<Found>> search(LogView& log, const Wanted& wanted)
{
    std::vector<Found> found;
    for (std::uint64_t number = 0; number * tile_width < log.checkpoint.size; ++number)
        if (Status searched = search_bundle(log, number, wanted, found); !searched) {
            // Statements that cannot be read or are not their leaves' are not "nothing found".
            Error error = std::move(searched).error();
            error.kind = error.kind == Kind::input ? Kind::trust : error.kind;
            return fail(std::move(error), "'" + attestations_path(number) + "'");
        }
    return found;
}

} // namespace

Result<std::vector<Found>> find_statements(LogView& log, const std::string& digest)
{
    return search(log, [&](const Json& statement) {
        std::vector<std::string> subjects = subjects_of(statement);
        return std::find(subjects.begin(), subjects.end(), digest) != subjects.end();
    });
}

std::optional<StatusChange> status_of(const Json& statement)
{
    const Json* predicate = statement.find("predicate");
    const Json* status = predicate == nullptr ? nullptr : predicate->find("albs_status");
    const Json* reason = predicate == nullptr ? nullptr : predicate->find("reason");
    if (status == nullptr || status->string() == nullptr)
        return std::nullopt;
    return StatusChange{.index = 0,
                        .status = *status->string(),
                        .reason = reason != nullptr && reason->string() != nullptr ? *reason->string() : ""};
}

Result<std::map<std::string, StatusChange>> status_changes(LogView& log)
{
    std::map<std::string, StatusChange> changes;
    ALBS_TRY(std::vector<Found> found, search(log, [](const Json& statement) { return status_of(statement).has_value(); }));
    for (const Found& one : found)
        for (const std::string& subject : subjects_of(one.statement)) {
            StatusChange change = *status_of(one.statement);
            change.index = one.index;
            changes[subject] = std::move(change);
        }
    return changes;
}

} // namespace albs::notarize
