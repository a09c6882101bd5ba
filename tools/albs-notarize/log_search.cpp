// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_search.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "albs/crypto/dsse.hpp"
#include "albs/ledger/index.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "base/bytes.hpp"

namespace albs::notarize {
namespace {

using Wanted = std::function<bool(const Json& statement)>;

Status search_bundle(LogView& log, std::uint64_t number, const Wanted& wanted, std::vector<FoundStatement>& found,
                     std::uint64_t& withheld)
{
    std::uint64_t width = tile_width_at(0, number, log.checkpoint.size);
    Result<std::string> text = log.fetch(attestations_path(number));
    if (!text && text.error().kind != Kind::input)
        return tl::unexpected<Error>(std::move(text).error());
    std::vector<std::string> lines = attestation_lines(text ? *text : std::string(), width);
    std::vector<std::string> entries;
    if (std::any_of(lines.begin(), lines.end(), [](const std::string& line) { return !line.empty(); })) {
        ALBS_TRY(entries, log.tiles.bundle(number));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) {
            ++withheld;
            continue;
        }
        ALBS_TRY(Json json, read_json(lines[i]));
        ALBS_TRY(Envelope envelope, Envelope::from(json));
        ALBS_TRY(Json statement, read_json(envelope.payload));
        if (!wanted(statement)) {
            // Or a statement about something else would hide the one that stood here.
            ALBS_CHECK(check_leaf_names(entries[i], envelope));
            continue;
        }
        ALBS_CHECK(check_leaf(entries[i], envelope));
        found.push_back({.index = number * tile_width + i,
                         .statement = std::move(statement),
                         .envelope = std::move(json),
                         .entry = entries[i]});
    }
    return {};
}

bool is_commit(const Json& statement)
{
    const Json* type = statement.find("predicateType");
    return type != nullptr && type->string() != nullptr && *type->string() == commit_type;
}

Result<std::vector<FoundStatement>> search(LogView& log, const Wanted& wanted, std::uint64_t& withheld)
{
    std::vector<FoundStatement> found;
    for (std::uint64_t number = 0; number * tile_width < log.checkpoint.size; ++number)
        if (Status searched = search_bundle(log, number, wanted, found, withheld); !searched) {
            // Statements that cannot be read or are not their leaves' are not "nothing found".
            Error error = std::move(searched).error();
            error.kind = error.kind == Kind::input ? Kind::trust : error.kind;
            return fail(std::move(error), "'" + attestations_path(number) + "'");
        }
    return found;
}

} // namespace

Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest)
{
    std::uint64_t withheld = 0;
    auto wanted = [&](const Json& statement) {
        std::vector<std::string> subjects = subjects_of(statement);
        return std::find(subjects.begin(), subjects.end(), digest) != subjects.end();
    };
    return search(log, wanted, withheld);
}

std::optional<StatusChange> Survey::status(const std::string& digest) const
{
    auto last = last_changes.find(digest);
    return last == last_changes.end() ? std::nullopt : std::optional(last->second);
}

Result<Survey> survey_log(LogView& log)
{
    Survey survey;
    auto wanted = [](const Json& statement) { return status_of(statement).has_value() || is_commit(statement); };
    ALBS_TRY(std::vector<FoundStatement> found, search(log, wanted, survey.withheld));
    for (FoundStatement& one : found) {
        std::optional<StatusChange> change = is_commit(one.statement) ? std::nullopt : status_of(one.statement);
        if (change) {
            change->index = one.index;
            for (std::string& subject : subjects_of(one.statement))
                survey.last_changes.insert_or_assign(std::move(subject), *change);
        }
        (change ? survey.changes : survey.commits).push_back(std::move(one));
    }
    return survey;
}

Result<Notarization> notarization_of(const FoundStatement& found, LogView& log)
{
    const Checkpoint& checkpoint = log.checkpoint;
    ALBS_TRY(std::vector<Digest> hashes, make_inclusion_proof(found.index, checkpoint.size, log.tiles.nodes()));
    ALBS_TRY(std::string subject, stated_subject(found.statement));
    TlogProof proof{.extra = {}, .index = found.index, .hashes = std::move(hashes), .checkpoint = log.note};
    return Notarization{
        .id = checkpoint.origin + "#" + std::to_string(found.index),
        .about = {},
        .kind = {},
        .subject = std::move(subject),
        .log = checkpoint.origin,
        .index = static_cast<std::int64_t>(found.index),
        .entry = to_base64(found.entry),
        .proof = proof.text(),
        .envelope = found.envelope};
}

Status add_changes(const Survey& survey, LogView& log, Manifest& manifest)
{
    if (survey.changes.empty())
        return {};
    std::vector<std::string> digests = digests_of(manifest);
    std::set<std::string> wanted(digests.begin(), digests.end());
    for (const FoundStatement& found : survey.changes) {
        ALBS_TRY(Notarization change, notarization_of(found, log));
        if (!wanted.contains(change.subject))
            continue;
        change.about = change.subject;
        change.kind = status_kind;
        // One that the manifest has already keeps its proof.
        std::vector<const Notarization*> there = manifest.notarizations_about(change.about);
        if (std::none_of(there.begin(), there.end(), [&](const Notarization* one) { return one->id == change.id; }))
            ALBS_CHECK(manifest.add(change));
    }
    return {};
}

} // namespace albs::notarize
