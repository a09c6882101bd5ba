// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/audit/status_lists.hpp"

#include <algorithm>
#include <iterator>

#include "base/format.hpp"

namespace albs {
namespace {

std::string told(const ListedChange& one)
{
    return format_text("entry {}, which says that {} is {}", one.change.index, one.change.subject, one.change.status);
}

// Both are made small to large first: nobody vouches for the order in a list.
template <class Value> std::vector<Value> missing_from(std::vector<Value> all, std::vector<Value> some)
{
    std::vector<Value> missing;
    std::sort(all.begin(), all.end());
    std::sort(some.begin(), some.end());
    std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::back_inserter(missing));
    return missing;
}

std::vector<std::string> made_from(const StatusList& list, const std::string& digest)
{
    auto there = list.made.find(digest);
    return there == list.made.end() ? std::vector<std::string>() : there->second;
}

} // namespace

// What its maker could not read, it says, and who relies on it is told that something may be missing.
std::vector<std::string> StatusListAuditor::left_out(const StatusList& list, const StatusList& wanted)
{
    std::vector<std::string> found;
    for (const ListedChange& one : missing_from(wanted.changes, list.changes))
        found.push_back("leaves out " + told(one));
    if (found.size() <= list.withheld)
        found.clear();
    if (list.withheld > 0)
        return found;
    if (wanted.has_commits && !list.has_commits)
        found.push_back("leaves out that there are commits");
    for (const auto& [digest, all] : wanted.made)
        for (const std::string& one : missing_from(all, made_from(list, digest)))
            found.push_back(format_text("leaves out that {} was made from {}", one, digest));
    return found;
}

// What is withheld from the auditor may say what the list says.
std::vector<std::string> StatusListAuditor::added(const StatusList& list, const StatusList& wanted) const
{
    std::vector<std::string> found;
    for (const ListedChange& one : missing_from(list.changes, wanted.changes))
        if (!withheld_.contains(one.change.index))
            found.push_back("adds " + told(one) + "; the log does not say that");
    if (!std::is_sorted(list.changes.begin(), list.changes.end(),
                        [](const ListedChange& a, const ListedChange& b) { return a.change.index < b.change.index; }))
        found.push_back("is not in the order of the log");
    if (withheld_.empty() || *withheld_.begin() >= list.size)
        for (const auto& [digest, all] : list.made)
            for (const std::string& one : missing_from(all, made_from(wanted, digest)))
                found.push_back(format_text("adds that {} was made from {}; the log does not say that", one, digest));
    return found;
}

std::vector<std::string> StatusListAuditor::differences(const AuditedFacts& audited, const NodeSource& nodes) const
{
    const StatusList& list = *audited.list;
    if (list.size > audited.index)
        return {format_text("is about {} entries, of which only {} came before it", list.size, audited.index)};
    const StatusList wanted = collector_.list(list.size);
    std::vector<std::string> found = left_out(list, wanted);
    for (std::string& one : added(list, wanted))
        found.push_back(std::move(one));
    if (nodes)
        if (Result<Digest> root = tree_root(list.size, nodes); !root || *root != list.root)
            found.push_back(format_text("is of another tree of {} entries", list.size));
    return found;
}

void StatusListAuditor::take(const AuditedBundle& bundle, const NodeSource& nodes, std::vector<std::string>& problems)
{
    withheld_.insert(bundle.withheld.begin(), bundle.withheld.end());
    for (const AuditedFacts& one : bundle.facts) {
        if (one.list)
            for (const std::string& difference : differences(one, nodes))
                problems.push_back(format_text("statement {}: its list of statuses {}", one.index, difference));
        collector_.add(one.index, one.facts, one.signer);
    }
}

} // namespace albs
