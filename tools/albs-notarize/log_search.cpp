// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_search.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "albs/crypto/dsse.hpp"
#include "albs/json/fields.hpp"
#include "albs/ledger/index.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs::notarize {
namespace {

/// Takes a statement that its leaf names; says whether it uses the statement, which then has to hold.
using Visitor = std::function<bool(const FoundStatement&)>;

Result<FoundStatement> parse_line(std::uint64_t index, const std::string& line, const std::string& entry)
{
    FoundStatement found{.index = index, .statement = {}, .envelope = {}, .entry = entry};
    ALBS_TRY(found.envelope, read_json(line));
    ALBS_TRY(Envelope envelope, Envelope::from(found.envelope));
    ALBS_TRY(found.statement, read_json(envelope.payload));
    return found;
}

Status search_bundle(LogView& log, std::uint64_t number, const Visitor& uses, std::vector<FoundStatement>& found,
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
        ALBS_TRY(FoundStatement one, parse_line(number * tile_width + i, lines[i], entries[i]));
        ALBS_TRY(Envelope envelope, Envelope::from(one.envelope));
        // Or a statement about something else would hide the one that stood here.
        ALBS_CHECK(check_leaf_names(entries[i], envelope));
        if (!uses(one))
            continue;
        ALBS_CHECK(check_leaf(entries[i], envelope));
        found.push_back(std::move(one));
    }
    return {};
}

Result<std::vector<FoundStatement>> search(LogView& log, const Visitor& uses, std::uint64_t& withheld)
{
    std::vector<FoundStatement> found;
    for (std::uint64_t number = 0; number * tile_width < log.checkpoint.size; ++number)
        if (Status searched = search_bundle(log, number, uses, found, withheld); !searched) {
            // Statements that cannot be read or are not their leaves' are not "nothing found".
            Error error = std::move(searched).error();
            error.kind = error.kind == Kind::input ? Kind::trust : error.kind;
            return fail(std::move(error), "'" + attestations_path(number) + "'");
        }
    return found;
}

std::string source_node(const std::string& key)
{
    return "source " + key;
}

} // namespace

Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest)
{
    std::uint64_t withheld = 0;
    auto is_about = [&](const FoundStatement& one) {
        std::vector<std::string> subjects = subjects_of(one.statement);
        return std::find(subjects.begin(), subjects.end(), digest) != subjects.end();
    };
    return search(log, is_about, withheld);
}

std::optional<StatusChange> Survey::status(const std::string& digest) const
{
    std::vector<std::string> unseen{digest};
    std::set<std::string> seen{digest};
    std::optional<StatusChange> latest;
    while (!unseen.empty()) {
        std::string one = std::move(unseen.back());
        unseen.pop_back();
        if (auto last = last_changes_.find(one); last != last_changes_.end()) {
            if (last->second.withdraws())
                return last->second;
            latest = last->second;
        }
        if (auto origins = made_from_.find(one); origins != made_from_.end())
            for (const std::string& origin : origins->second)
                if (seen.insert(origin).second)
                    unseen.push_back(origin);
    }
    return latest;
}

const std::vector<std::uint64_t>& Survey::entries_about(const std::string& digest) const
{
    static const std::vector<std::uint64_t> none;
    auto found = about_.find(digest);
    return found == about_.end() ? none : found->second;
}

void Survey::add(FoundStatement found)
{
    std::optional<StatusChange> change = status_of(found.statement);
    if (change)
        change->index = found.index;
    for (std::string& subject : subjects_of(found.statement)) {
        if (change)
            last_changes_.insert_or_assign(std::move(subject), *change);
        else
            about_[std::move(subject)].push_back(found.index);
    }
    add_origin(found.statement);
    if (change)
        changes.push_back(std::move(found));
    else if (statement_kind(found.statement) == "commit")
        commits.push_back(std::move(found));
}

// A statement of one kind names the next one: signature, build, source.
void Survey::add_origin(const Json& statement)
{
    Result<Json> binding = stated_binding(statement);
    if (!binding)
        return;
    std::string kind = text_member(*binding, "record");
    if (kind == "signature") {
        made_from_[text_member(*binding, "artifact")].push_back(text_member(*binding, "unsigned"));
    } else if (kind == "build" || kind == "srpm") {
        made_from_[text_member(*binding, "sha256")].push_back(source_node(text_member(*binding, "source_key")));
    } else if (kind == "source") {
        std::vector<std::string>& origins = made_from_[source_node(sha256(canonical_json(*binding)).hex())];
        for (std::string_view member : {"srpm", "commit"})
            if (std::string digest = text_member(*binding, member); !digest.empty())
                origins.push_back(std::move(digest));
    }
}

Result<Survey> survey_log(LogView& log)
{
    Survey survey;
    auto take = [&](const FoundStatement& one) {
        std::string kind = statement_kind(one.statement);
        if (kind == status_kind || kind == "commit")
            return true;
        survey.add(one);
        return false;
    };
    ALBS_TRY(std::vector<FoundStatement> found, search(log, take, survey.withheld));
    for (FoundStatement& one : found)
        survey.add(std::move(one));
    return survey;
}

Result<FoundStatement> read_statement(LogView& log, std::uint64_t index, std::string& signer)
{
    const std::uint64_t number = index / tile_width;
    ALBS_TRY(std::string text, log.fetch(attestations_path(number)));
    const std::string line = attestation_lines(text, index % tile_width + 1).back();
    if (line.empty())
        return fail(Kind::input, format_text("the statement of entry {} is withheld", index));
    ALBS_TRY(std::vector<std::string> entries, log.tiles.bundle(number));
    ALBS_TRY(FoundStatement found, parse_line(index, line, entries.at(index % tile_width)));
    ALBS_TRY(Envelope envelope, Envelope::from(found.envelope));
    ALBS_TRY(PublicKey key, check_leaf(found.entry, envelope));
    signer = key.fingerprint().hex();
    return found;
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
