// SPDX-License-Identifier: GPL-3.0-or-later
// Whether what was recorded was withdrawn since: revoked, superseded, or declared valid again.
#include <algorithm>
#include <map>
#include <set>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/proof.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"

namespace albs {

void EvidenceReader::add_survey(const std::string& log, std::shared_ptr<const Survey> survey)
{
    surveys_.insert_or_assign(log, std::move(survey));
}

bool EvidenceReader::knows_entry(const std::string& log, std::uint64_t index, const Digest& leaf) const
{
    const std::vector<Notarization>& all = manifest_.notarizations();
    return std::any_of(all.begin(), all.end(), [&](const Notarization& one) {
        if (one.log != log || one.index < 0 || static_cast<std::uint64_t>(one.index) != index)
            return false;
        Result<LoggedEntry> entry = entries_.of(one);
        return entry && leaf_hash(entry->leaf) == leaf && check_leaf(entry->leaf, entry->envelope);
    });
}

// Evidence that holds, unless a later statement takes one of the digests back.
Evidence EvidenceReader::unless_withdrawn(Evidence evidence, const std::vector<std::string>& digests) const
{
    if (evidence.answer != Evidence::Answer::verified)
        return evidence;
    Result<std::optional<StatusChange>> change = last_change(digests);
    if (!change)
        return {.answer = Evidence::Answer::contradicted, .reason = change.error().message};
    if ((!*change || !(*change)->withdraws()) && !unknown_status_.empty())
        return {.answer = Evidence::Answer::absent, .reason = unknown_status_};
    if (!*change || !(*change)->withdraws())
        return evidence;
    return {.answer = Evidence::Answer::absent, .reason = (*change)->text(), .withdrawn = (*change)->status};
}

// A manifest may lack what the log knows: a second build that gave the same bytes is of another source.
std::vector<std::string> EvidenceReader::with_logged_lineage(const std::vector<std::string>& digests) const
{
    std::vector<std::string> all = digests;
    std::set<std::string> seen(digests.begin(), digests.end());
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const auto& [log, survey] : surveys_)
            for (std::string& origin : survey->lineage(all[i]))
                if (seen.insert(origin).second)
                    all.push_back(std::move(origin));
    return all;
}

Result<std::optional<StatusChange>> EvidenceReader::last_change(const std::vector<std::string>& digests) const
{
    std::optional<StatusChange> latest;
    for (const std::string& digest : with_logged_lineage(digests)) {
        ALBS_TRY(std::optional<StatusChange> change, last_change_of(digest));
        if (change && change->withdraws())
            return change;
        if (change)
            latest = std::move(change);
    }
    return latest;
}

bool EvidenceReader::is_of_known_log(const Notarization& notarization) const
{
    return std::any_of(keys_.begin(), keys_.end(), [&](const Vkey& key) { return key.name == notarization.log; });
}

// One that withdraws, of several logs: indexes of two logs cannot be compared. That something else was declared valid
// later does not make this valid.
Result<std::optional<StatusChange>> EvidenceReader::last_change_of(const std::string& digest) const
{
    std::map<std::string, StatusChange> last; // by log
    for (const auto& [log, survey] : surveys_)
        if (std::optional<StatusChange> told = survey->last_about(digest))
            last.insert_or_assign(log, *std::move(told));
    auto changes = status_.find(digest);
    for (std::size_t at : changes == status_.end() ? std::vector<std::size_t>() : changes->second) {
        const Notarization& notarization = manifest_.notarizations()[at];
        const Proof& proof = proof_of(at);
        if (!proof.trusted) {
            // Nobody can say that it was not withdrawn.
            std::optional<StatusChange> claimed =
                is_of_known_log(notarization) ? claimed_change(entries_, notarization) : std::nullopt;
            if (claimed && claimed->withdraws())
                last[notarization.log] = *std::move(claimed);
            continue;
        }
        ALBS_CHECK(proof.record);
        if (!proof.change)
            return fail(Kind::trust, "notarization '" + notarization.id + "' is no change of status");
        StatusChange& known = last[notarization.log];
        if (known.status.empty() || known.index <= proof.change->index)
            known = *proof.change;
    }
    for (const auto& [log, change] : last)
        if (change.withdraws())
            return std::optional<StatusChange>(change);
    return last.empty() ? std::optional<StatusChange>() : last.begin()->second;
}

} // namespace albs
