// SPDX-License-Identifier: GPL-3.0-or-later
#include "earlier_results.hpp"

#include "base/format.hpp"

namespace albs::build {

// What a spec asked for while it was built may come of a later wave, so those that were not known are looked at again
// as long as others come to be.
Status EarlierResults::find(const std::vector<const QueuedTask*>& ordered)
{
    std::size_t before = 0;
    do {
        before = built_.size() + failed_.size();
        for (const QueuedTask* queued : ordered)
            if (!queued->prepared.over && !built_.contains(queued) && !failed_.contains(queued))
                ALBS_CHECK(look_at(*queued));
    } while (built_.size() + failed_.size() != before && built_.size() + failed_.size() != ordered.size());
    return {};
}

std::string EarlierResults::failure(const QueuedTask& queued) const
{
    auto found = failed_.find(&queued);
    return found == failed_.end() ? "" : found->second;
}

Status EarlierResults::look_at(const QueuedTask& queued)
{
    const PlannedTask& planned = queued.prepared.planned;
    BuildConfig known = recipe_of(*queued.work, queued.prepared);
    known.solve = [&](const platform::Platform& platform, const std::string& arch,
                      const std::vector<std::string>& needs) -> Result<std::string> {
        std::optional<std::string> lock;
        if (queued.group != nullptr) {
            ALBS_TRY(lock, queued.group->known_lock(queued.member, platform, needs));
        } else {
            ALBS_TRY(lock, solver_.known(platform, arch, needs, {}));
        }
        if (!lock)
            return fail(Kind::input, "no such root is there");
        return *std::move(lock);
    };
    ALBS_TRY(std::optional<TaskResult> result, made_earlier(*queued.work, known, planned));
    if (!result)
        return {};
    const bool is_there = !is_missing(result->task);
    if (is_there)
        built_.insert(&queued);
    else
        failed_.emplace(&queued, format_text("it failed in an earlier run, and is built again with --retry: {}",
                                             result->task.reason ? result->task.reason->message : ""));
    if (queued.group != nullptr)
        ALBS_CHECK(queued.group->add(queued.member, result->artifacts, is_there));
    return {};
}

} // namespace albs::build
