// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_search.hpp"

#include <algorithm>
#include <set>

#include "albs/crypto/dsse.hpp"
#include "albs/json/fields.hpp"
#include "albs/ledger/index.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs::notarize {
namespace {

Result<FoundStatement> found_in(const LoggedStatement& one, Json statement)
{
    ALBS_CHECK(check_leaf(one.entry, one.envelope));
    ALBS_TRY(Json envelope, read_json(one.line));
    return FoundStatement{.index = one.index,
                          .statement = std::move(statement),
                          .envelope = std::move(envelope),
                          .entry = one.entry};
}

std::string source_node(const std::string& key)
{
    return "source " + key;
}

} // namespace

Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest)
{
    std::vector<FoundStatement> found;
    ALBS_CHECK(for_each_statement(log, [&](const LoggedStatement& one) -> Status {
        ALBS_TRY(Json statement, read_json(one.envelope.payload));
        std::vector<std::string> subjects = subjects_of(statement);
        if (std::find(subjects.begin(), subjects.end(), digest) == subjects.end())
            return {};
        ALBS_TRY(FoundStatement taken, found_in(one, std::move(statement)));
        found.push_back(std::move(taken));
        return {};
    }));
    return found;
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

Status Survey::add(const LoggedStatement& one)
{
    ALBS_TRY(Json statement, read_json(one.envelope.payload));
    add_origin(statement);
    std::optional<StatusChange> change = status_of(statement);
    if (change)
        change->index = one.index;
    for (std::string& subject : subjects_of(statement)) {
        if (change)
            last_changes_.insert_or_assign(std::move(subject), *change);
        else
            about_[std::move(subject)].push_back(one.index);
    }
    if (!change && statement_kind(statement) != "commit")
        return {};
    ALBS_TRY(FoundStatement found, found_in(one, std::move(statement)));
    (change ? changes : commits).push_back(std::move(found));
    return {};
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
    ALBS_TRY(survey.withheld,
             for_each_statement(log, [&](const LoggedStatement& one) { return survey.add(one); }));
    return survey;
}

Result<StatedVoucher> VoucherReader::read(std::uint64_t index)
{
    auto [place, is_new] = bundles_.try_emplace(index / tile_width);
    StatementBundle& bundle = place->second;
    if (is_new) {
        ALBS_TRY(bundle, read_statements(log_, index / tile_width));
    }
    const std::size_t at = index % tile_width;
    if (bundle.lines.at(at).empty())
        return fail(Kind::input, format_text("the statement of entry {} is withheld", index));
    ALBS_TRY(Envelope envelope, read_envelope_line(bundle.lines[at]));
    ALBS_TRY(PublicKey key, check_leaf(bundle.entries[at], envelope));
    StatedVoucher read;
    ALBS_TRY(read.statement, read_json(envelope.payload));
    read.voucher = {.kind = statement_kind(read.statement),
                    .entry = format_text("{}#{}", log_.checkpoint.origin, index),
                    .signer = key.fingerprint().hex(),
                    .time = statement_time(read.statement)};
    return read;
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
