// SPDX-License-Identifier: GPL-3.0-or-later
#include "group.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/format.hpp"
#include "built_repository.hpp"

namespace albs::build {
namespace {

std::vector<repositories::FuturePackage> built_packages(const std::vector<Artifact>& made,
                                                        const store::Workspace& workspace)
{
    std::vector<repositories::FuturePackage> packages;
    for (const Artifact& artifact : made) {
        if (artifact.kind != "rpm")
            continue;
        auto path = workspace.store().path(artifact.sha256);
        packages.push_back({{.name = artifact.name}, path ? *path : ""});
    }
    return packages;
}

} // namespace

Status Group::find_order()
{
    std::map<std::string, std::size_t> names;
    question_ = {};
    for (std::size_t i = 0; i < members_.size(); ++i) {
        const Member& member = members_[i];
        auto [known, is_new] = names.emplace(member.source, i);
        if (!is_new && !member.source.empty())
            return fail(Kind::input,
                        format_text("'{}' and '{}' both make the package '{}' for one platform",
                                    members_[known->second].id, member.id, member.source),
                        "build them in two runs, or take one of them out of the manifest");
        OrderedTask task{member.id, member.source, member.needs, {}, member.after};
        auto add = [&](repositories::FuturePackage package) {
            task.makes.push_back(question_.packages.size());
            question_.packages.push_back(std::move(package));
        };
        if (!member.made.empty())
            for (repositories::FuturePackage& package : built_packages(member.made, workspace_))
                add(std::move(package));
        else
            for (const solve::VirtualPackage& package : member.makes)
                add({package, ""});
        question_.tasks.push_back(std::move(task));
    }
    question_.needs = needs_of(question_);
    ALBS_TRY(question_.providers, solver_.providers(platform_, arch_, question_.packages, question_.needs));
    order_ = order_of(question_);
    return look_at_own_options();
}

/// A stream or a repository that only the member itself has may provide what nothing else does, or the older package
/// that opens a circle. To look at them costs a pool for each, so it is done where that may change something.
Status Group::look_at_own_options()
{
    const bool has_circles = !order_.notes.empty() || std::any_of(order_.impossible.begin(), order_.impossible.end(),
                                                                  [](const std::string& one) { return !one.empty(); });
    bool is_other = false;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].own == nullptr || (order_.late[i].empty() && !has_circles))
            continue;
        ALBS_TRY(question_.tasks[i].own_providers,
                 solver_.providers(platform_of(i), arch_, question_.packages, question_.needs));
        is_other = true;
    }
    if (is_other)
        order_ = order_of(question_);
    return {};
}

Status Group::add(std::size_t member, const std::vector<Artifact>& packages, bool is_ok)
{
    std::map<std::string, std::string> files;
    for (const Artifact& artifact : packages)
        if (artifact.kind == "rpm")
            files.emplace(artifact.name, artifact.sha256);
    std::string directory;
    if (is_ok && !files.empty()) {
        ALBS_TRY(directory, built_repository(files, workspace_));
    }
    std::lock_guard guard(mutex_);
    repositories_[member] = std::move(directory);
    states_[member] = is_ok ? State::built : State::failed;
    if (is_ok)
        built_[member] = built_packages(packages, workspace_);
    return {};
}

std::string Group::hindrance(std::size_t member) const
{
    if (!order_.impossible[member].empty())
        return order_.impossible[member];
    std::lock_guard guard(mutex_);
    for (const Wait& wait : order_.waits[member])
        if (states_[wait.task] == State::failed)
            return format_text("it {}, which was not built", reason_of(wait, members_[wait.task].id));
    return "";
}

std::vector<std::size_t> Group::open_ones(const std::vector<std::size_t>& members) const
{
    std::vector<std::size_t> open;
    for (std::size_t one : members)
        if (states_[one] == State::open)
            open.push_back(one);
    return open;
}

/// Who makes what the specs did not say at first. Kind::input of the solver is the answer of the root's own solving.
/// What is built already counts where neither a spec nor a repository has the need, and everywhere if all_built: what a
/// root has must not depend on what happens to be ready.
Result<std::vector<std::size_t>> Group::makers_of(std::size_t member, const std::vector<std::string>& needs,
                                                  bool all_built, Lack& lack)
{
    std::vector<repositories::FuturePackage> packages;
    std::vector<std::size_t> makers;
    auto add = [&](std::size_t maker, const repositories::FuturePackage& package) {
        packages.push_back(package);
        makers.push_back(maker);
    };
    for (std::size_t i = 0; i < members_.size(); ++i)
        for (std::size_t package : question_.tasks[i].makes)
            if (i != member)
                add(i, question_.packages[package]);
    const std::size_t said = packages.size();
    {
        std::lock_guard guard(mutex_);
        for (const auto& [i, built] : built_)
            for (const repositories::FuturePackage& package : built)
                if (i != member)
                    add(i, package);
    }
    ALBS_TRY(auto found, solver_.providers(platform_of(member), arch_, packages, needs));
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < needs.size(); ++i) {
        const bool is_said =
            found[i].is_in_repositories || std::any_of(found[i].future.begin(), found[i].future.end(),
                                                       [&](std::size_t package) { return package < said; });
        for (std::size_t package : found[i].future)
            if (package < said || all_built || !is_said)
                all.push_back(makers[package]);
        for (const std::string& source : found[i].sources)
            for (std::size_t other = 0; other < members_.size(); ++other)
                if (other != member && members_[other].source == source)
                    all.push_back(other);
        if (found[i].future.empty() && !found[i].is_in_repositories)
            lack.is_of_nobody = true;
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::erase_if(all, [&](std::size_t other) {
        return std::binary_search(order_.after[other].begin(), order_.after[other].end(), member);
    });
    return all;
}

std::vector<repositories::Repository> Group::repositories_of(const std::vector<std::size_t>& members) const
{
    std::vector<repositories::Repository> list;
    for (std::size_t one : members)
        if (!repositories_[one].empty()) {
            repositories::Repository repository;
            repository.name = "built " + members_[one].source;
            repository.urls = {"file://" + repositories_[one]};
            list.push_back(std::move(repository));
        }
    return list;
}

Result<std::vector<std::size_t>> Group::wanted_by(std::size_t member, const std::vector<std::string>& needs, Look look,
                                                  Lack& lack)
{
    std::vector<std::size_t> wanted;
    for (const Wait& wait : order_.waits[member])
        wanted.push_back(wait.task);
    const std::vector<std::string>& known = members_[member].needs;
    std::vector<std::string> further;
    for (const std::string& need : needs)
        if (look != Look::further || std::find(known.begin(), known.end(), need) == known.end())
            further.push_back(need);
    if (!further.empty()) {
        ALBS_TRY(std::vector<std::size_t> makers, makers_of(member, further, look == Look::all_built, lack));
        wanted.insert(wanted.end(), makers.begin(), makers.end());
    }
    return wanted;
}

std::size_t Group::count_open(std::size_t but) const
{
    std::lock_guard guard(mutex_);
    std::size_t open = 0;
    for (std::size_t i = 0; i < states_.size(); ++i)
        open += i != but && states_[i] == State::open ? 1 : 0;
    return open;
}

Result<std::vector<repositories::Repository>> Group::seen_by(const std::vector<std::size_t>& wanted, bool last,
                                                             Lack& lack) const
{
    std::lock_guard guard(mutex_);
    lack.waits_for = open_ones(wanted);
    for (std::size_t one : wanted)
        if (states_[one] == State::failed)
            lack.failed = format_text("it needs a package of '{}', which was not built", members_[one].id);
    if (!lack.failed.empty())
        return fail(Kind::input, lack.failed);
    if (!last && !lack.waits_for.empty())
        return fail(Kind::input, "what it needs is not built yet");
    return repositories_of(closure_of(order_, wanted));
}

Result<std::optional<std::string>> Group::ask_in_steps(std::size_t member, const std::vector<std::string>& needs,
                                                       bool last, Lack& lack, const Ask& ask)
{
    lack = {};
    // Asked once, before anything is looked at: what comes to its end meanwhile must not be missed.
    const bool more_may_come = !last && count_open(member) > 0;
    // The same steps whenever it is begun, so that it comes to the same root: first what the specs say, then what built
    // packages provide as well, then all that is built, once nothing more can come.
    for (Look look : {order_.late[member].empty() ? Look::further : Look::all, Look::all_built}) {
        ALBS_TRY(std::vector<std::size_t> wanted, wanted_by(member, needs, look, lack));
        ALBS_TRY(std::vector<repositories::Repository> seen, seen_by(wanted, last, lack));
        if (std::exchange(lack.is_of_nobody, false) && more_may_come)
            break;
        ALBS_TRY(std::optional<std::string> lock, ask(seen));
        if (lock)
            return lock;
    }
    if (more_may_come) {
        lack.is_of_nobody = true;
        return fail(Kind::input, "nothing provides yet what it needs");
    }
    std::vector<std::size_t> everyone(members_.size());
    std::iota(everyone.begin(), everyone.end(), 0);
    everyone.erase(everyone.begin() + static_cast<std::ptrdiff_t>(member));
    std::vector<repositories::Repository> all;
    {
        std::lock_guard guard(mutex_);
        all = repositories_of(everyone);
    }
    return ask(all);
}

Result<std::string> Group::lock(std::size_t member, const platform::Platform& platform,
                                const std::vector<std::string>& needs, bool last, Lack& lack)
{
    Error refused;
    ALBS_TRY(std::optional<std::string> lock,
             ask_in_steps(member, needs, last, lack,
                          [&](const std::vector<repositories::Repository>& seen) -> Result<std::optional<std::string>> {
                              Result<std::string> solved = solver_.lock(platform, arch_, needs, seen);
                              if (solved)
                                  return *std::move(solved);
                              if (solved.error().kind != Kind::input)
                                  return tl::unexpected(std::move(solved).error());
                              refused = std::move(solved).error();
                              return std::nullopt;
                          }));
    if (!lock)
        return tl::unexpected(std::move(refused));
    return *std::move(lock);
}

Result<std::optional<std::string>> Group::known_lock(std::size_t member, const platform::Platform& platform,
                                                     const std::vector<std::string>& needs)
{
    Lack lack;
    auto known = ask_in_steps(member, needs, false, lack, [&](const std::vector<repositories::Repository>& seen) {
        return solver_.known(platform, arch_, needs, seen);
    });
    if (!known && known.error().kind == Kind::input)
        return std::optional<std::string>();
    return known;
}

Result<root::Solved> Group::solve(std::size_t member, const platform::Platform& platform)
{
    std::vector<std::size_t> wanted;
    for (const Wait& wait : order_.waits[member])
        wanted.push_back(wait.task);
    std::vector<repositories::FuturePackage> packages;
    for (std::size_t one : closure_of(order_, wanted))
        for (std::size_t package : question_.tasks[one].makes)
            packages.push_back(question_.packages[package]);
    return solver_.solve(platform, arch_, members_[member].needs, packages);
}

} // namespace albs::build
