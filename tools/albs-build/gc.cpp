// SPDX-License-Identifier: GPL-3.0-or-later
#include "gc.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "albs/buildroot/lock.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "cli/duration.hpp"
#include "kept_objects.hpp"
#include "limits.hpp"
#include "repositories/garbage.hpp"
#include "root/cache.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

struct RootVerdict {
    root::Cache::Entry entry;
    std::string reason; ///< to remove it; empty: it stays
};

/// By when they were used: a base as lately as the last of its layers, and after them.
void order_by_use(std::vector<root::Cache::Entry>& entries)
{
    std::map<std::string, std::int64_t> used;
    for (const auto& entry : entries)
        if (!entry.base.empty())
            used[entry.base] = std::max(used[entry.base], entry.used);
    for (auto& entry : entries)
        if (auto at = used.find(entry.digest); at != used.end())
            entry.used = std::max(entry.used, at->second);
    std::sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
        return std::tuple(a.used, used.contains(a.digest), a.digest) <
               std::tuple(b.used, used.contains(b.digest), b.digest);
    });
}

/// Those that were not used for so long; then, beginning with the one not used for longest, those that are too much.
std::vector<RootVerdict> choose_roots(std::vector<root::Cache::Entry> entries, std::int64_t now, std::int64_t unused_ms,
                                      std::int64_t max_bytes)
{
    order_by_use(entries);
    std::int64_t all = 0;
    for (const auto& entry : entries)
        all += entry.size;
    std::vector<RootVerdict> judged;
    std::set<std::string> needed; // by layers that stay
    for (auto& entry : entries) {
        std::string reason;
        const bool may_go = !entry.in_use && !needed.contains(entry.digest);
        if (may_go && (now - entry.used) * 1000 >= unused_ms)
            reason = "unused";
        else if (may_go && max_bytes > 0 && all > max_bytes)
            reason = "size";
        if (reason.empty() && !entry.base.empty())
            needed.insert(entry.base);
        if (!reason.empty())
            all -= entry.size;
        judged.push_back({std::move(entry), std::move(reason)});
    }
    return judged;
}

struct Work {
    cli::Context& context;
    std::int64_t unused_ms = 0;
    std::int64_t max_bytes = 0;
    std::set<std::string> needed = {}; ///< packages of roots that stay
};

Result<Json> collect_roots(Work& work)
{
    Json list = Json::array();
    if (!sys::is_directory(work.context.workspace_path() + "/roots"))
        return list;
    cli::Messages& messages = work.context.messages;
    ALBS_TRY(store::Workspace workspace, store::Workspace::open(work.context.workspace_path()));
    ALBS_TRY(root::Cache cache, root::Cache::of(workspace));
    if (!work.context.dry_run())
        ALBS_CHECK(cache.remove_leftovers());
    ALBS_TRY(std::vector<root::Cache::Entry> entries, cache.entries());
    // By the clock and not SOURCE_DATE_EPOCH: it is about real days.
    for (const RootVerdict& one : choose_roots(std::move(entries), ::time(nullptr), work.unused_ms, work.max_bytes)) {
        ALBS_TRY(std::string text, cache.lock_text(one.entry.digest));
        bool removed = false;
        if (!one.reason.empty() && work.context.dry_run())
            messages.note("would remove (" + one.reason + ")", one.entry.digest);
        else if (!one.reason.empty()) {
            ALBS_TRY(removed, cache.remove(one.entry.digest));
            if (removed)
                messages.note("removed (" + one.reason + ")", one.entry.digest);
        }
        if (one.reason.empty() || (!removed && !work.context.dry_run())) {
            ALBS_TRY(buildroot::Lock lock, buildroot::read_lock(text));
            for (const buildroot::LockedPackage& package : lock.packages)
                work.needed.insert(package.sha256);
        }
        list.push(Json::object({{"lock", one.entry.digest},
                                {"size", one.entry.size},
                                {"base", one.entry.base.empty() ? Json() : Json(one.entry.base)},
                                {"used", format_time(one.entry.used)},
                                {"removed", removed},
                                {"reason", one.reason.empty() ? Json() : Json(one.reason)}}));
    }
    return list;
}

repositories::Garbage garbage_of(const Work& work)
{
    return {::time(nullptr) - work.unused_ms / 1000, work.context.dry_run()};
}

Result<Json> collect_packages(const Work& work)
{
    ALBS_TRY(repositories::PackageFiles files,
             repositories::remove_packages(work.context.workspace_path() + "/dnf", work.needed, garbage_of(work)));
    if (files.removed > 0)
        work.context.messages.note(format_text(
            "{}{} of {} packages", work.context.dry_run() ? "would remove " : "removed ", files.removed, files.count));
    return Json::object({{"count", files.count},
                         {"size", files.size},
                         {"removed", work.context.dry_run() ? 0 : files.removed},
                         {"freed", work.context.dry_run() ? 0 : files.freed}});
}

Result<Json> collect_metadata(const Work& work)
{
    Json list = Json::array();
    ALBS_TRY(auto repositories,
             repositories::remove_metadata(work.context.workspace_path() + "/metadata", garbage_of(work)));
    for (const repositories::RepositoryFiles& one : repositories)
        list.push(Json::object(
            {{"name", one.name}, {"size", one.size}, {"used", format_time(one.used)}, {"removed", one.removed}}));
    return list;
}

/// needed: what the manifests to keep name, by SHA-256.
Result<Json> collect_objects(const Work& work, const std::set<std::string>& needed)
{
    const bool is_dry = work.context.dry_run();
    ALBS_TRY(repositories::PackageFiles files,
             repositories::remove_objects(work.context.workspace_path() + "/store/sha256", needed, garbage_of(work)));
    if (files.removed > 0)
        work.context.messages.note(format_text("{}{} of {} objects of the store, {} bytes",
                                               is_dry ? "would remove " : "removed ", files.removed, files.count,
                                               files.freed));
    return Json::object({{"count", files.count},
                         {"size", files.size},
                         {"unneeded", files.removed},
                         {"unneeded_size", files.freed},
                         {"removed", is_dry ? 0 : files.removed},
                         {"freed", is_dry ? 0 : files.freed}});
}

} // namespace

Result<cli::Outcome> collect_garbage(const GcOptions& options, cli::Context& context)
{
    Work work{context};
    ALBS_TRY(work.unused_ms, cli::parse_duration(options.unused.empty() ? "14d" : options.unused, "--unused"));
    if (!options.most.empty()) {
        ALBS_TRY(work.max_bytes, parse_size("--most", options.most));
    }
    // All that is to stay is known before anything is removed.
    std::optional<std::set<std::string>> kept;
    if (!options.keep.empty()) {
        ALBS_TRY(kept, objects_of(options.keep, context.workspace_path()));
    }
    ALBS_TRY(Json roots, collect_roots(work));
    ALBS_TRY(Json packages, collect_packages(work));
    ALBS_TRY(Json repositories, collect_metadata(work));
    Json report = Json::object({{"schema", "albs.gc/1"},
                                {"roots", std::move(roots)},
                                {"packages", std::move(packages)},
                                {"metadata", std::move(repositories)}});
    if (kept) {
        ALBS_TRY(Json objects, collect_objects(work, *kept));
        report.set("store", std::move(objects));
    }
    cli::Outcome outcome;
    outcome.document = write_pretty_json(report) + "\n";
    return outcome;
}

} // namespace albs::build
