// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_search.hpp"

#include <algorithm>
#include <set>

#include "albs/crypto/dsse.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/origin.hpp"
#include "albs/statement/shared_form.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs::notarize {
namespace {

Result<FoundStatement> found_in(const LoggedStatement& one, Json statement)
{
    ALBS_CHECK(check_leaf(one.entry, one.envelope));
    return FoundStatement{
        .index = one.index, .statement = std::move(statement), .envelope = one.envelope, .entry = one.entry};
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

void Survey::start(const StatusList& list)
{
    is_whole_ = false;
    has_commits_ = list.has_commits;
    for (const ListedChange& one : list.changes) {
        if (!is_heard(one, *policy_))
            continue;
        last_changes_.insert_or_assign(one.change.subject, one.change);
        listed.push_back(one);
    }
    for (const auto& [digest, nodes] : list.made)
        for (const std::string& node : nodes)
            made_from_[node].push_back(digest);
}

std::vector<StatusChange> Survey::listed_changes() const
{
    std::vector<StatusChange> without_signers;
    for (const ListedChange& one : listed)
        without_signers.push_back(one.change);
    return without_signers;
}

Status Survey::add(const LoggedStatement& one)
{
    ALBS_TRY(Json statement, read_json(one.envelope.payload));
    for (Origin& origin : stated_origins(statement))
        made_from_[std::move(origin.made)].push_back(std::move(origin.from));
    std::optional<StatusChange> change = status_of(statement);
    if (change) {
        change->index = one.index;
        ALBS_TRY(PublicKey signer, check_leaf(one.entry, one.envelope));
        if (!is_heard({.change = *change, .signer = signer.fingerprint().hex()}, *policy_))
            return {};
        has_unlisted_ = has_unlisted_ || change->withdraws();
    }
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

Result<Survey> survey_log(LogView& log, const Policy& policy)
{
    Survey survey(policy);
    ALBS_TRY(survey.withheld, for_each_statement(log, [&](const LoggedStatement& one) { return survey.add(one); }));
    return survey;
}

Result<Survey> survey_statuses(LogView& log, const Policy& policy, bool histories)
{
    Survey survey(policy);
    ALBS_TRY(survey.withheld, for_each_since_list(
                                  log, policy,
                                  [&](const StatusList& list) -> Status {
                                      survey.start(list);
                                      return {};
                                  },
                                  [&](const LoggedStatement& one) { return survey.add(one); }));
    if (survey.is_whole() || !(survey.has_unlisted() || (histories && survey.has_commits())))
        return survey;
    return survey_log(log, policy);
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
    const Envelope& envelope = *bundle.envelopes[at];
    ALBS_TRY(PublicKey key, check_leaf(bundle.entries[at], envelope));
    StatedVoucher read;
    ALBS_TRY(read.statement, read_json(envelope.payload));
    read.voucher = {.kind = statement_kind(read.statement),
                    .entry = format_text("{}#{}", log_.checkpoint.origin, index),
                    .signer = key.fingerprint().hex(),
                    .time = statement_time(read.statement)};
    return read;
}

Result<std::vector<StatusChange>> read_listed(Survey& survey, LogView& log, const Manifest& manifest)
{
    const std::vector<std::string> digests = digests_of(manifest);
    const std::set<std::string> wanted(digests.begin(), digests.end());
    std::unordered_map<std::uint64_t, StatementBundle> bundles;
    std::vector<StatusChange> withheld;
    std::vector<FoundStatement> found;
    std::set<std::uint64_t> taken; // a change may have several subjects
    for (const ListedChange& listed : survey.listed) {
        if (!wanted.contains(listed.change.subject))
            continue;
        const std::uint64_t number = listed.change.index / tile_width;
        auto [place, is_new] = bundles.try_emplace(number);
        if (is_new) {
            ALBS_TRY(place->second, look_through(log, number));
        }
        std::optional<LoggedStatement> one = statement_in(place->second, number, listed.change.index % tile_width);
        if (!one) {
            withheld.push_back(listed.change);
            continue;
        }
        ALBS_TRY(Json statement, read_json(one->envelope.payload));
        ALBS_TRY(PublicKey signer, check_leaf(one->entry, one->envelope));
        const std::vector<StatusChange> told = changes_told(statement, one->index);
        if (signer.fingerprint().hex() != listed.signer ||
            std::find(told.begin(), told.end(), listed.change) == told.end())
            return fail(Kind::trust,
                        format_text("a list of statuses says of entry {} what its statement does not", one->index));
        if (!taken.insert(one->index).second)
            continue;
        ALBS_TRY(FoundStatement read, found_in(*one, std::move(statement)));
        found.push_back(std::move(read));
    }
    survey.changes.insert(survey.changes.begin(), std::make_move_iterator(found.begin()),
                          std::make_move_iterator(found.end()));
    return withheld;
}

Status add_changes(const Survey& survey, LogView& log, Manifest& manifest)
{
    if (survey.changes.empty())
        return {};
    const std::string& origin = log.checkpoint.origin;
    std::vector<std::string> digests = digests_of(manifest);
    std::set<std::string> wanted(digests.begin(), digests.end());
    NotarizationWriter writer(manifest, origin, log.tiles.nodes());
    for (const FoundStatement& found : survey.changes) {
        ALBS_TRY(std::string subject, stated_subject(found.statement));
        if (!wanted.contains(subject))
            continue;
        Notarization change{.id = format_text("{}#{}", origin, found.index),
                            .about = subject,
                            .kind = status_kind,
                            .subject = subject,
                            .log = origin,
                            .index = static_cast<std::int64_t>(found.index)};
        // One that the manifest has already keeps its proof.
        std::vector<const Notarization*> there = manifest.notarizations_about(change.about);
        if (std::any_of(there.begin(), there.end(), [&](const Notarization* one) { return one->id == change.id; }))
            continue;
        TlogProof proof{.extra = {}, .index = found.index, .hashes = {}, .checkpoint = log.note};
        LoggedEntry entry{.leaf = found.entry, .envelope = found.envelope, .proofs = {std::move(proof)}, .lacking = {}};
        ALBS_CHECK(writer.add(std::move(change), entry, found.statement));
    }
    return writer.finish();
}

} // namespace albs::notarize
