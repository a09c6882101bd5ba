// SPDX-License-Identifier: GPL-3.0-or-later
#include "build_by_runner.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "albs/buildroot/lock.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "rpmbuild.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"
#include "task_answer.hpp"
#include "task_request.hpp"

namespace albs::build {
namespace {

constexpr int max_asked = 3; ///< the machine that is asked may be another one each time

/// Packages of roots go into the store, from which workers take them: as links, where they lie on one file system.
Status keep_packages(const Artifact& lock, const BuildContext& context)
{
    ALBS_TRY(std::string text, context.workspace.store().read(lock.sha256));
    ALBS_TRY(buildroot::Lock root, buildroot::read_lock(text));
    ALBS_TRY(std::string fetched, context.workspace.directory("dnf"));
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("packages", context.scratch));
    for (const buildroot::LockedPackage& package : root.packages) {
        if (context.workspace.store().has(package.sha256))
            continue;
        const std::string copy = directory.path() + "/" + package.sha256;
        ALBS_CHECK(sys::link_or_copy(
            format_text("{}/sha256/{}/{}", fetched, package.sha256.substr(0, 2), package.sha256), copy));
        ALBS_TRY(Digest digest, Digest::parse(package.sha256));
        ALBS_CHECK(context.workspace.store().adopt_file(copy, {digest, package.size}));
    }
    return {};
}

/// The record as it is when the task is built here, before anything came of it.
TaskResult with_lock(const BuildConfig& recipe, const PlannedTask& planned)
{
    TaskResult result = begun(recipe, planned);
    result.task.network = recipe.network;
    result.task.buildroot = planned.lock->sha256;
    result.artifacts.push_back(*planned.lock);
    return result;
}

TaskResult nothing_came(TaskResult lost, const std::string& why)
{
    lost.task.status = "failed";
    lost.task.reason = Reason{"setup", "infrastructure", "no worker built it: " + why, {}, {}};
    lost.task.finished = format_time(current_time());
    return lost;
}

/// One worker's words, once it can find what it needs.
Result<std::string> told(const Manifest& request, const BuildConfig& recipe, const BuildContext& context)
{
    const store::Store& store = context.workspace.store();
    if (const std::optional<SharedStore>& shared = context.runner->store)
        ALBS_CHECK(
            for_each_needed(request, store, [&](std::string_view sha256) { return shared->push(store, sha256); }));
    return ask_worker(*context.runner, request.text() + "\n", recipe.timeout_ms, context.workspace);
}

/// Asks until there is an answer that can be believed.
Result<Answer> asked(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context)
{
    if (recipe.uses_roots())
        ALBS_CHECK(keep_packages(*planned.lock, context));
    ALBS_TRY(Manifest request, request_of(recipe, planned, context.workspace.store()));
    const std::optional<SharedStore>& shared = context.runner->store;
    const Obtain obtain = [&](std::string_view sha256) -> Status {
        return shared ? shared->pull(context.workspace, sha256) : Status();
    };
    for (int times = 1;; ++times) {
        const TaskResult mine = with_lock(recipe, planned);
        Result<Answer> answer = told(request, recipe, context).and_then([&](const std::string& text) {
            return answer_in(text, request, mine, *planned.package, context.workspace.store(), obtain);
        });
        const bool is_good =
            answer && !(answer->result.task.reason && answer->result.task.reason->kind == "infrastructure");
        if (answer)
            answer->result.task.finished = format_time(current_time());
        if (is_good || (answer && times == max_asked))
            return answer;
        const std::string why = answer ? answer->result.task.reason->message : answer.error().message;
        if (times == max_asked)
            return Answer{nothing_came(mine, why), {}};
        context.messages.warning("trouble of a worker, trying once more: " + why, planned.id);
        std::this_thread::sleep_for(std::chrono::seconds(times)); // whoever gives work out may need to notice
    }
}

/// Those that no root had so far.
std::vector<std::string> unknown_of(std::vector<std::string> asked_for, const std::vector<std::string>& known)
{
    std::erase_if(asked_for,
                  [&](const std::string& need) { return std::find(known.begin(), known.end(), need) != known.end(); });
    return asked_for;
}

void refuse(TaskResult& built, const std::string& why)
{
    built.task.reason->kind = "dependency";
    built.task.reason->message = why;
}

} // namespace

Result<TaskResult> build_by_runner(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context)
{
    PlannedTask now = planned;
    std::optional<Resources> used;
    const std::int64_t max_rounds = recipe.platform.max_rounds();
    for (std::int64_t round = 1;; ++round) {
        context.view.phase(planned.id, "worker");
        ALBS_TRY(Answer answer, asked(recipe, now, context));
        TaskResult& built = answer.result;
        if (used && built.task.resources)
            built.task.resources = in_turn(*used, *built.task.resources);
        used = built.task.resources;
        built.further.assign(now.needs.begin() + static_cast<std::ptrdiff_t>(planned.needs.size()), now.needs.end());
        const std::vector<std::string> further = unknown_of(answer.asks_for, now.needs);
        if (further.empty() || !recipe.uses_roots() || !recipe.lock.empty())
            return std::move(built);
        if (round >= max_rounds) {
            refuse(built, format_text("the spec asks for more packages in each of {} rounds, now for {}", max_rounds,
                                      join_quoted(further)));
            return std::move(built);
        }
        now.needs.insert(now.needs.end(), further.begin(), further.end());
        auto larger = lock_of_root(recipe, now.arch, now.needs, context.workspace);
        if (!larger && larger.error().kind == Kind::input) {
            refuse(built, larger.error().message);
            return std::move(built);
        }
        if (!larger)
            return tl::unexpected(std::move(larger).error());
        now.lock = *std::move(larger);
        now.rounds += told_round(round + 1, further);
        context.messages.detail(format_text("the spec asks for {}, round {}", join_quoted(further), round + 1),
                                planned.id);
    }
}

} // namespace albs::build
