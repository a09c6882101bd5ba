// SPDX-License-Identifier: GPL-3.0-or-later
#include "gc.hpp"

#include <algorithm>

#include "root/cache.hpp"
#include "sys/clock.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

struct Judged {
    root::Cache::Entry entry;
    std::string reason; ///< to remove it; empty: it stays
};

/// Those that were not used for so long; then, beginning with the one not used for longest, those that are too much.
std::vector<Judged> judge(std::vector<root::Cache::Entry> entries, std::int64_t now, std::int64_t unused_ms,
                          std::int64_t most_bytes)
{
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.used != b.used ? a.used < b.used : a.digest < b.digest;
    });
    std::int64_t all = 0;
    for (const auto& entry : entries)
        all += entry.size;
    std::vector<Judged> judged;
    for (auto& entry : entries) {
        std::string reason;
        if (!entry.in_use && (now - entry.used) * 1000 >= unused_ms)
            reason = "unused";
        else if (!entry.in_use && most_bytes > 0 && all > most_bytes)
            reason = "size";
        if (!reason.empty())
            all -= entry.size;
        judged.push_back({std::move(entry), std::move(reason)});
    }
    return judged;
}

} // namespace

Result<cli::Outcome> collect_garbage(const Options& options, cli::Context& context)
{
    ALBS_TRY(std::int64_t unused_ms, parse_duration(options.unused.empty() ? "14d" : options.unused, "--unused"));
    std::int64_t most = 0;
    if (!options.most.empty()) {
        ALBS_TRY(most, parse_size("--most", options.most));
    }
    Json list = Json::array();
    if (sys::is_directory(context.workspace_path() + "/roots")) {
        ALBS_TRY(store::Workspace workspace, store::Workspace::open(context.workspace_path()));
        ALBS_TRY(root::Cache cache, root::Cache::of(workspace));
        if (!context.dry_run())
            ALBS_CHECK(cache.remove_leftovers());
        ALBS_TRY(std::vector<root::Cache::Entry> entries, cache.entries());
        // By the clock and not SOURCE_DATE_EPOCH: it is about real days.
        for (const Judged& one : judge(std::move(entries), ::time(nullptr), unused_ms, most)) {
            bool removed = false;
            if (!one.reason.empty() && context.dry_run())
                context.messages.note("would remove (" + one.reason + ")", one.entry.digest);
            else if (!one.reason.empty()) {
                ALBS_TRY(removed, cache.remove(one.entry.digest));
                if (removed)
                    context.messages.note("removed (" + one.reason + ")", one.entry.digest);
            }
            list.push(Json::object({{"lock", one.entry.digest},
                                    {"size", one.entry.size},
                                    {"used", sys::format_time(one.entry.used)},
                                    {"removed", removed},
                                    {"reason", one.reason.empty() ? Json() : Json(one.reason)}}));
        }
    }
    cli::Outcome outcome;
    outcome.document = write_pretty_json(Json::object({{"schema", "albs.gc/1"}, {"roots", std::move(list)}})) + "\n";
    return outcome;
}

} // namespace albs::build
