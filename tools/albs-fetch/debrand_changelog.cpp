// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_edit.hpp"

namespace albs::fetch {
namespace {

constexpr std::size_t width = 80;

/// "Wed Nov 01 2023" of "* Wed Nov 01 2023 …" or "* Wed Nov 01 12:00:00 UTC 2023 …".
std::optional<std::string> day_of(const std::string& header)
{
    if (!header.starts_with('*'))
        return std::nullopt;
    const std::vector<std::string> words = split_words(std::string_view(header).substr(1));
    const std::size_t year = words.size() > 3 && words[3].find(':') != std::string::npos ? 5 : 3;
    if (words.size() <= year)
        return std::nullopt;
    return format_text("{} {} {} {}", words[0], words[1], words[2], words[year]);
}

/// The last word of the first line that begins so.
std::string value_of(const Lines& lines, std::string_view tag)
{
    for (const std::string& line : lines)
        if (line.starts_with(tag)) {
            std::vector<std::string> words = split_words(std::string_view(line).substr(tag.size()));
            return words.empty() ? std::string() : words.back();
        }
    return {};
}

std::string without(std::string text, std::string_view words)
{
    for (std::size_t at = text.find(words); at != text.npos; at = text.find(words))
        text.erase(at, words.size());
    return text;
}

std::string wrapped(const std::string& text)
{
    std::string all;
    std::string line = "-";
    for (const std::string& word : split_words(text)) {
        if (line.size() + 1 + word.size() > width && line.size() > 1) {
            all += line + "\n";
            line = " ";
        }
        line += " " + word;
    }
    return all + line;
}

} // namespace

Status add_changelog(Lines& lines, const Action& action)
{
    auto is = [](std::string_view wanted) {
        return [wanted](const std::string& line) { return split_words(line) == std::vector{std::string(wanted)}; };
    };
    if (std::any_of(lines.begin(), lines.end(), is("%autochangelog")))
        return {};
    auto changelog = std::find_if(lines.begin(), lines.end(), is("%changelog"));
    if (changelog == lines.end())
        return fail(Kind::input, "the spec file has no %changelog");
    std::optional<std::string> day;
    for (auto line = changelog; line != lines.end() && !day; ++line)
        day = day_of(*line);
    if (!day)
        return fail(Kind::input, "the %changelog has no entry whose day the new one could have");
    // Macros of these two are expanded when the source package is made.
    std::string version =
        value_of(lines, "Version:") + "-" + without(without(value_of(lines, "Release:"), "%{?dist}"), "%{dist}");
    if (std::string epoch = value_of(lines, "Epoch:"); !epoch.empty())
        version.insert(0, epoch + ":");
    std::string entry = format_text("* {} {} <{}> - {}\n", *day, action.person, action.email, version);
    for (const std::string& text : action.texts)
        entry += wrapped(text) + "\n";
    lines.insert(changelog + 1, entry);
    return {};
}

} // namespace albs::fetch
