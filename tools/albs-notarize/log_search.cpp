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
