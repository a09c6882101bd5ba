// SPDX-License-Identifier: GPL-3.0-or-later
#include "early_cutoff.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "albs/buildroot/lock.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "rpm/library.hpp"

namespace albs::build {
namespace {

using buildroot::Lock;
using buildroot::LockedPackage;

/// What is remembered of a package; another word whenever read_interface() says something else of the same file.
constexpr const char* memory = "interfaces";
constexpr std::string_view built_prefix = "built ";

/// By the run that solved the lock, or by one before it.
bool is_built(const LockedPackage& package)
{
    return package.repository && package.repository->starts_with(built_prefix);
}

Result<std::string> interface_of(const std::string& digest, const store::Workspace& workspace)
{
    const std::string key = format_text("albs-build {}\n{}", ALBS_VERSION, digest);
    if (std::optional<std::string> known = workspace.recall(memory, key))
        return *std::move(known);
    ALBS_TRY(std::string path, workspace.store().path(digest));
    ALBS_TRY(std::vector<std::string> lines, rpm::library().read_interface(path));
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    ALBS_CHECK(workspace.remember(memory, key, text));
    return text;
}

/// The first line that only the text of now has, else that only the earlier one has; both are sorted.
std::string first_change(const std::string& earlier, const std::string& now)
{
    const std::vector<std::string> before = split_lines(earlier);
    const std::vector<std::string> after = split_lines(now);
    std::vector<std::string> only;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(only));
    if (!only.empty())
        return only.front();
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(only));
    return only.empty() ? "" : only.front() + " is gone";
}

using Named = std::map<std::pair<std::string, std::string>, std::vector<const LockedPackage*>>;

/// A root may have several packages of one name.
Named by_name(const Lock& lock)
{
    Named named;
    for (const LockedPackage& package : lock.packages)
        named[{package.name, package.arch}].push_back(&package);
    for (auto& [name, packages] : named)
        std::sort(packages.begin(), packages.end(),
                  [](const LockedPackage* a, const LockedPackage* b) { return a->sha256 < b->sha256; });
    return named;
}

/// Streams, and states of the repositories that no run of ours made.
std::vector<std::string> surroundings(const Lock& lock)
{
    std::vector<std::string> words = {lock.platform, lock.arch};
    words.insert(words.end(), lock.modules.begin(), lock.modules.end());
    for (const buildroot::LockedRepository& repository : lock.repositories)
        if (!repository.name.starts_with(built_prefix))
            words.push_back(format_text("{} {}", repository.name, repository.repomd));
    return words;
}

/// Of two packages of one name and architecture.
Status compare(const LockedPackage& earlier, const LockedPackage& now, const store::Workspace& workspace,
               RootChange& change)
{
    if (earlier.sha256 == now.sha256)
        return {};
    if (!is_built(earlier) || !is_built(now)) {
        change.change = format_text("its root has '{}' instead of '{}'", now.nevra, earlier.nevra);
        return {};
    }
    // What was built earlier may have left the store.
    if (!workspace.store().has(earlier.sha256) || !workspace.store().has(now.sha256)) {
        change.change = format_text("'{}' is no longer in the store", earlier.nevra);
        return {};
    }
    ALBS_TRY(std::string before, interface_of(earlier.sha256, workspace));
    ALBS_TRY(std::string after, interface_of(now.sha256, workspace));
    if (before == after)
        change.same.push_back(now.nevra);
    else
        change.change = format_text("'{}' offers something else: {}", now.nevra, first_change(before, after));
    return {};
}

} // namespace

Result<RootChange> compare_roots(const std::string& earlier, const std::string& now, const store::Workspace& workspace)
{
    ALBS_TRY(Lock before, buildroot::read_lock(earlier));
    ALBS_TRY(Lock after, buildroot::read_lock(now));
    RootChange change;
    if (surroundings(before) != surroundings(after)) {
        change.change = "the repositories of its root have another state";
        return change;
    }
    if (before.base != after.base) {
        change.change = "its root is installed in other steps";
        return change;
    }
    const Named old_ones = by_name(before);
    const Named new_ones = by_name(after);
    for (const auto& [name, packages] : new_ones) {
        auto found = old_ones.find(name);
        if (found == old_ones.end() || found->second.size() != packages.size()) {
            change.change = format_text("its root has '{}', which it had not", packages.front()->nevra);
            return change;
        }
        for (std::size_t i = 0; i < packages.size() && change.change.empty(); ++i)
            ALBS_CHECK(compare(*found->second[i], *packages[i], workspace, change));
        if (!change.change.empty())
            return change;
    }
    for (const auto& [name, packages] : old_ones)
        if (new_ones.count(name) == 0)
            change.change = format_text("its root no longer has '{}'", packages.front()->nevra);
    return change;
}

} // namespace albs::build
