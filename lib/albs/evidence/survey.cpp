// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/survey.hpp"

#include <algorithm>
#include <set>

#include "albs/statement/leaf.hpp"
#include "albs/statement/origin.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"

namespace albs {

Result<FoundStatement> found_in(const LoggedStatement& one, Json statement)
{
    ALBS_CHECK(check_leaf(one.entry, one.envelope));
    return FoundStatement{
        .index = one.index, .statement = std::move(statement), .envelope = one.envelope, .entry = one.entry};
}

std::vector<std::string> Survey::lineage(const std::string& digest) const
{
    std::vector<std::string> found{digest};
    std::set<std::string> seen{digest};
    for (std::size_t i = 0; i < found.size(); ++i)
        if (auto origins = made_from_.find(found[i]); origins != made_from_.end())
            for (const std::string& origin : origins->second)
                if (seen.insert(origin).second)
                    found.push_back(origin);
    return found;
}

std::optional<StatusChange> Survey::last_about(const std::string& digest) const
{
    auto last = last_changes_.find(digest);
    return last == last_changes_.end() ? std::nullopt : std::optional<StatusChange>(last->second);
}

std::optional<StatusChange> Survey::status(const std::string& digest) const
{
    std::optional<StatusChange> latest;
    for (const std::string& one : lineage(digest))
        if (std::optional<StatusChange> last = last_about(one)) {
            if (last->withdraws())
                return last;
            latest = std::move(last);
        }
    return latest;
}

// By each that was withdrawn: what is made from one of them only may be declared valid again.
bool Survey::leads_further(const Origin& origin) const
{
    const std::vector<std::string> known = lineage(origin.made);
    for (const std::string& one : lineage(origin.from))
        if (std::optional<StatusChange> last = last_about(one);
            last && last->withdraws() && std::find(known.begin(), known.end(), one) == known.end())
            return true;
    return false;
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
    next_ = list.size;
    withheld_before_list = list.withheld;
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

void Survey::pass_to(std::uint64_t index)
{
    for (; next_ < index; ++next_)
        withheld_entries.push_back(next_);
}

void Survey::finish(std::uint64_t size)
{
    pass_to(size);
}

Status Survey::add(const LoggedStatement& one)
{
    pass_to(one.index);
    next_ = one.index + 1;
    ALBS_TRY(Json statement, read_json(one.envelope.payload));
    for (Origin& origin : stated_origins(statement)) {
        has_unlisted_ = has_unlisted_ || (!is_whole_ && leads_further(origin));
        made_from_[std::move(origin.made)].push_back(std::move(origin.from));
    }
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
    ALBS_CHECK(for_each_statement(log, [&](const LoggedStatement& one) { return survey.add(one); }));
    survey.finish(log.checkpoint.size);
    return survey;
}

Result<Survey> survey_statuses(LogView& log, const Policy& policy, bool histories)
{
    Survey survey(policy);
    auto begin = [&](const StatusList& list) -> Status {
        survey.start(list);
        return {};
    };
    ALBS_CHECK(for_each_since_list(log, policy, begin, [&](const LoggedStatement& one) { return survey.add(one); }));
    survey.finish(log.checkpoint.size);
    if (survey.is_whole() || !(survey.has_unlisted() || (histories && survey.has_commits())))
        return survey;
    return survey_log(log, policy);
}

} // namespace albs
