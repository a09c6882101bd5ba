// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_release.hpp"

#include <algorithm>
#include <charconv>

#include "base/format.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view digits = "0123456789";

/// "changed/a9/NVR" of "imports/c9/NVR". Nothing for another tag.
std::optional<std::string> changed_tag(const std::string& import, const std::string& target_branch)
{
    constexpr std::string_view imports = "imports/";
    const std::size_t end = import.find('/', imports.size());
    if (!import.starts_with(imports) || end == import.npos || end == imports.size())
        return std::nullopt;
    std::string branch = import.substr(imports.size(), end - imports.size());
    if (std::size_t at = branch.find('c'); at != branch.npos)
        branch[at] = 'a';
    return "changed/" + (target_branch.empty() ? branch : target_branch) + import.substr(end);
}

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = !text.empty() && text.find_first_not_of(digits) == text.npos && error == std::errc() &&
                           end == text.data() + text.size() && number < std::int64_t{1} << 31;
    return is_number ? std::optional(number) : std::nullopt;
}

std::string next_suffix(const std::string& suffix, const std::string& before, const std::vector<std::string>& tags)
{
    const std::string stem = suffix.substr(0, suffix.find_last_not_of(digits) + 1);
    const std::string start = before + stem;
    std::optional<std::int64_t> highest;
    for (const std::string& tag : tags)
        if (tag.starts_with(start))
            if (std::optional<std::int64_t> number = number_of(std::string_view(tag).substr(start.size())))
                highest = std::max(highest.value_or(0), *number);
    return highest ? stem + std::to_string(*highest + 1) : suffix;
}

tl::unexpected<Error> refuse_action(const Action& action, const std::string& file, const std::string& why)
{
    return tl::unexpected(
        told_of(action, file, fail(Kind::input, why, "write the number, without auto_increment")).error());
}

} // namespace

Result<std::vector<std::string>> count_releases(const ReadActions& read, const std::string& file,
                                                const std::optional<ImportTags>& tags)
{
    std::vector<std::string> suffixes;
    for (const Action& action : read.actions) {
        if (!action.counts_tags)
            continue;
        if (!tags)
            return refuse_action(action, file, "'auto_increment' counts the tags of a repository, and this is none");
        std::optional<std::string> changed = changed_tag(tags->import, read.parameters.target_branch);
        if (!changed)
            return refuse_action(
                action, file,
                "'auto_increment' needs a tag imports/BRANCH/NAME-VERSION-RELEASE of the commit, or of "
                "one before it");
        suffixes.push_back(next_suffix(action.suffix, read.parameters.tag_prefix + *changed, tags->all));
    }
    return suffixes;
}

} // namespace albs::fetch
