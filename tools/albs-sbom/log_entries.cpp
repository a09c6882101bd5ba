// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_entries.hpp"

#include <set>

#include "base/format.hpp"
#include "sys/parallel.hpp"

namespace albs::sbom {
namespace {

constexpr std::string_view statement_name = "albs:notarization:proof";

LogEntry verify_entry(const std::string& text, const Policy& policy, CheckpointCache& checkpoints)
{
    LogEntry entry;
    Result<Json> json = read_json(text);
    entry.notarization = json ? read_record<Notarization>(*json) : tl::unexpected(json.error());
    if (!entry.notarization) {
        entry.verified = tl::unexpected(entry.notarization.error());
        return entry;
    }
    entry.verified = verify_notarization(LoggedEntries(), *entry.notarization, policy.keys(), checkpoints);
    if (entry.verified && *entry.verified)
        entry.unaccepted = why_not_accepted(**entry.verified, policy);
    return entry;
}

} // namespace

Result<LogEntries> LogEntries::verify(const SbomDocument& document, const Policy& policy, KnownHistory known,
                                      std::size_t jobs)
{
    LogEntries all;
    all.checkpoints_ = std::make_unique<CheckpointCache>(policy);
    all.checkpoints_->set_known_history(std::move(known));
    for (const DescribedComponent& package : document.packages)
        for (std::string& text : package.values(statement_name))
            all.entries_.try_emplace(std::move(text));
    std::vector<std::pair<const std::string, LogEntry>*> list;
    for (auto& entry : all.entries_)
        list.push_back(&entry);
    ALBS_CHECK(sys::for_each_parallel(list.size(), jobs, [&](std::size_t i) -> Status {
        list[i]->second = verify_entry(list[i]->first, policy, *all.checkpoints_);
        return {};
    }));
    all.find_renewed();
    return all;
}

void LogEntries::find_renewed()
{
    auto place = [](const LogEntry& entry) {
        return format_text("{}#{} {}", entry.notarization->log, entry.notarization->index,
                           entry.notarization->entry.value_or(""));
    };
    auto holds = [](const LogEntry& entry) { return entry.notarization && entry.verified && *entry.verified; };
    std::set<std::string> taken;
    for (const auto& [text, entry] : entries_)
        if (holds(entry) && entry.unaccepted.empty())
            taken.insert(place(entry));
    for (auto& [text, entry] : entries_)
        entry.renewed = holds(entry) && !entry.unaccepted.empty() && taken.contains(place(entry));
}

std::vector<const LogEntry*> LogEntries::of(const DescribedComponent& package) const
{
    std::vector<const LogEntry*> found;
    for (const std::string& text : package.values(statement_name))
        if (auto entry = entries_.find(text); entry != entries_.end() && !entry->second.renewed)
            found.push_back(&entry->second);
    return found;
}

} // namespace albs::sbom
