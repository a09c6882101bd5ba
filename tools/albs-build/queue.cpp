// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue.hpp"

#include <atomic>
#include <map>
#include <set>

#include "base/format.hpp"
#include "sys/parallel.hpp"

namespace albs::build {
namespace {

/// The members of a group before it is made, with the numbers of their tasks.
struct Gathering {
    std::vector<Member> members;
    std::vector<std::optional<std::size_t>> tasks; ///< none: the manifest has it already
    std::vector<bool> failed;
    std::vector<bool> known;
    std::set<std::string> sources; ///< of the members
    bool is_open = false;          ///< one of them is to be built
};

bool has_order(const Work& work)
{
    return work.recipe.uses_roots() && work.recipe.lock.empty();
}

/// Ids of the tasks of its module that are built before it.
std::vector<std::string> built_before(const Work& work, std::string_view source, const std::string& arch)
{
    std::vector<std::string> before;
    if (const ComponentPlan* component = work.modules.find(source).component)
        for (const std::string& other : component->after)
            before.push_back(format_text("{}/{}/{}", other, work.recipe.platform.name(), arch));
    return before;
}

void add_task(Gathering& to, const QueuedTask& queued, std::size_t number)
{
    const PreparedTask& prepared = queued.prepared;
    const bool failed = prepared.over.has_value();
    if (failed && prepared.over->task.reason && prepared.over->task.reason->kind == "arch")
        return;
    Member member{prepared.planned.id, prepared.planned.source.name, prepared.planned.needs, prepared.makes, {}};
    if (prepared.planned.package)
        member.source = prepared.planned.package->package.info.name;
    if (prepared.own)
        member.own = &prepared.own->platform;
    member.after = built_before(*queued.work, plain_id(prepared.planned.source), prepared.planned.arch);
    to.sources.insert(member.source);
    to.is_open = to.is_open || !failed;
    to.members.push_back(std::move(member));
    to.tasks.emplace_back(number);
    to.failed.push_back(failed);
    to.known.push_back(false);
}

/// What the manifest has of the same platform and architecture.
void add_known(std::map<std::string, Gathering>& by_arch, const Lane& lane)
{
    const Manifest& manifest = lane.work.manifest;
    std::set<std::string> planned;
    for (const PlannedTask& task : lane.tasks)
        planned.insert(task.id);
    for (const Task* task : manifest.in_force<Task>()) {
        auto at = by_arch.find(task->arch);
        if (at == by_arch.end() || task->platform != lane.work.recipe.platform.name() || planned.count(task->id) != 0 ||
            (task->reason && task->reason->kind == "arch"))
            continue;
        const Source* source = manifest.source(task->source);
        Member member{std::string(plain_id(*task)), source != nullptr ? std::string(source->name) : "", {}, {}, {}};
        member.after = built_before(lane.work, task->source, task->arch);
        for (const JsonText& digest : task->artifacts)
            if (const Artifact* artifact = manifest.artifact(digest); artifact != nullptr && artifact->kind == "rpm")
                member.made.push_back(*artifact);
        Gathering& to = at->second;
        // What is built now counts, and not what an earlier run built of another source of that package.
        if (!to.sources.insert(member.source).second)
            continue;
        to.members.push_back(std::move(member));
        to.tasks.emplace_back(std::nullopt);
        to.failed.push_back(task->status != "ok");
        to.known.push_back(true);
    }
}

Status make_group(Queue& queue, const Lane& lane, const std::string& arch, Gathering from, root::Solver& solver)
{
    if (from.members.size() < 2 || !from.is_open)
        return {};
    std::vector<std::vector<Artifact>> made;
    for (const Member& member : from.members)
        made.push_back(member.made);
    auto group =
        std::make_unique<Group>(lane.work.recipe.platform, arch, std::move(from.members), lane.work.workspace, solver);
    ALBS_CHECK(group->find_order());
    for (const std::string& note : group->order().notes)
        lane.work.messages.warning(note);
    for (std::size_t i = 0; i < from.tasks.size(); ++i) {
        if (from.tasks[i]) {
            queue.tasks[*from.tasks[i]].group = group.get();
            queue.tasks[*from.tasks[i]].member = i;
        }
        if (from.known[i] || from.failed[i])
            ALBS_CHECK(group->add(i, made[i], !from.failed[i]));
    }
    queue.groups.push_back(std::move(group));
    return {};
}

} // namespace

Result<Queue> make_queue(const std::vector<Lane>& lanes, root::Solver& solver, const Jobs& jobs)
{
    Queue queue;
    std::vector<std::size_t> firsts;
    std::vector<bool> wants_packages;
    for (const Lane& lane : lanes) {
        firsts.push_back(queue.tasks.size());
        // A package alone has nobody to wait for.
        const bool wants = has_order(lane.work) && (lane.tasks.size() > 1 || !lane.work.manifest.tasks().empty());
        for (const PlannedTask& task : lane.tasks) {
            queue.tasks.push_back({&lane.work, {task, {}, {}, {}}, nullptr, 0});
            wants_packages.push_back(wants);
        }
    }
    std::atomic<std::int64_t> made = 0;
    ALBS_CHECK(sys::for_each_parallel(queue.tasks.size(), jobs.most, [&](std::size_t i) -> Status {
        const auto slot = jobs.slots.take();
        QueuedTask& queued = queue.tasks[i];
        ALBS_TRY(queued.prepared, prepare(*queued.work, std::move(queued.prepared.planned), wants_packages[i]));
        queued.work->messages.progress("making source packages", ++made, static_cast<std::int64_t>(queue.tasks.size()));
        return {};
    }));
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        if (!has_order(lanes[lane].work))
            continue;
        std::map<std::string, Gathering> by_arch;
        for (std::size_t i = 0; i < lanes[lane].tasks.size(); ++i) {
            const std::string& arch = lanes[lane].tasks[i].arch;
            if (arch != "src")
                add_task(by_arch[arch], queue.tasks[firsts[lane] + i], firsts[lane] + i);
        }
        add_known(by_arch, lanes[lane]);
        for (auto& [arch, gathering] : by_arch)
            ALBS_CHECK(make_group(queue, lanes[lane], arch, std::move(gathering), solver));
    }
    return queue;
}

} // namespace albs::build
