// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare_noarch.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/format.hpp"
#include "base/text.hpp"
#include "rpm/library.hpp"

namespace albs::build {
namespace {

using Verdict = rpm::Difference::Verdict;

/// Source, platform and name of the file.
using Place = std::tuple<std::string, std::string, std::string>;

/// Its place among the architectures: the lowest is shipped.
std::pair<std::size_t, std::string> rank_of(const std::string& arch)
{
    constexpr std::string_view first[] = {"x86_64", "aarch64", "ppc64le", "s390x", "riscv64"};
    return {static_cast<std::size_t>(std::find(std::begin(first), std::end(first), arch) - std::begin(first)), arch};
}

std::map<Place, std::vector<Copy>> copies_of(const Manifest& manifest)
{
    std::map<Place, std::vector<Copy>> all;
    for (const Task* task : manifest.in_force<Task>()) {
        if (task->status != "ok")
            continue;
        for (const JsonText& digest : task->artifacts)
            if (const Artifact* artifact = manifest.artifact(digest);
                artifact != nullptr && artifact->kind == "rpm" && artifact->rpm && artifact->rpm->arch == "noarch")
                all[{task->source, task->platform, artifact->name}].push_back({task->arch, digest});
    }
    for (auto& [place, copies] : all)
        std::sort(copies.begin(), copies.end(),
                  [](const Copy& a, const Copy& b) { return rank_of(a.arch) < rank_of(b.arch); });
    return all;
}

/// Adds how another copy differs from the one to ship.
Status add_difference(Comparison& comparison, const Copy& other, const store::Workspace& workspace)
{
    ALBS_TRY(std::string shipped, workspace.store().path(comparison.ship));
    ALBS_TRY(std::string path, workspace.store().path(other.sha256));
    ALBS_TRY(rpm::Difference difference, rpm::library().compare(shipped, path));
    for (const std::string& tag : difference.tags)
        if (std::find(comparison.tags.begin(), comparison.tags.end(), tag) == comparison.tags.end())
            comparison.tags.push_back(tag);
    const bool is_same = difference.only_of_build && difference.verdict != Verdict::differs;
    if (!is_same) {
        if (comparison.verdict != "differs")
            std::tie(comparison.file, comparison.what) = std::pair(difference.file, difference.what);
        comparison.verdict = "differs";
    } else if (difference.verdict >= Verdict::metadata && comparison.verdict == "identical")
        comparison.verdict = "metadata";
    return {};
}

std::string told(const Comparison& comparison)
{
    const std::string how = comparison.file
                                ? format_text("'{}' ({})", *comparison.file, comparison.what.value_or("contents"))
                                : "tags of its header: " + join(comparison.tags, ", ");
    std::vector<std::string> arches;
    for (const Copy& copy : comparison.copies)
        arches.push_back(copy.arch);
    return format_text("'{}' is not the same for {}: {}; that of {} is the one to ship", comparison.name,
                       join(arches, ", "), how, arches.front());
}

} // namespace

Result<std::size_t> compare_noarch(Manifest& manifest, const store::Workspace& workspace, cli::Messages& messages)
{
    std::size_t different = 0;
    for (auto& [place, copies] : copies_of(manifest)) {
        if (copies.size() < 2)
            continue;
        const auto& [source, platform, name] = place;
        auto gone = std::find_if(copies.begin(), copies.end(),
                                 [&](const Copy& copy) { return !workspace.store().has(copy.sha256); });
        if (gone != copies.end()) {
            messages.note(format_text("not compared between architectures: that of {} is not in the store", gone->arch),
                          name);
            continue;
        }
        Comparison comparison{.id = format_text("{}/{}/{}", source, platform, name),
                              .source = source,
                              .platform = platform,
                              .name = name,
                              .copies = copies,
                              .ship = copies.front().sha256,
                              .verdict = "identical",
                              .tags = {},
                              .file = {},
                              .what = {}};
        std::set<std::string> seen = {comparison.ship};
        for (const Copy& copy : copies)
            if (seen.insert(copy.sha256).second)
                ALBS_CHECK(add_difference(comparison, copy, workspace));
        if (comparison.verdict == "differs") {
            messages.warning(told(comparison), source);
            ++different;
        }
        ALBS_CHECK(manifest.add(comparison));
    }
    return different;
}

} // namespace albs::build
