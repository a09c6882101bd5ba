// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
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

constexpr std::string_view week_days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; ///< from 1970-01-01 on
constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t seconds_of_a_day = 86400;

std::string format_day(std::int64_t time)
{
    const std::string date = format_time(time); // "2023-11-01T…"
    const std::size_t month = static_cast<std::size_t>((date[5] - '0') * 10 + (date[6] - '0')) - 1;
    return format_text("{} {} {} {}", week_days[static_cast<std::size_t>(time / seconds_of_a_day % 7)], months[month],
                       date.substr(8, 2), date.substr(0, 4));
}

/// Of "Wed Nov 01 2023"; nothing for what is no day.
std::optional<std::int64_t> time_of(const std::string& day)
{
    const std::vector<std::string> words = split_words(day);
    for (std::size_t month = 0; month < std::size(months); ++month)
        if (words.size() == 4 && words[1] == months[month]) {
            auto two = [](const std::string& digits) { return digits.size() == 1 ? "0" + digits : digits; };
            auto time =
                parse_time(format_text("{}-{}-{}T00:00:00Z", words[3], two(std::to_string(month + 1)), two(words[2])));
            return time ? std::optional(*time) : std::nullopt;
        }
    return std::nullopt;
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

/// A line that is this word and no other.
auto is(std::string_view wanted)
{
    return [wanted](const std::string& line) { return split_words(line) == std::vector{std::string(wanted)}; };
}

} // namespace

bool has_auto_changelog(const Lines& lines)
{
    return std::any_of(lines.begin(), lines.end(), is("%autochangelog"));
}

Status add_changelog(Lines& lines, const Action& action, const std::string& evr, std::optional<std::int64_t> time)
{
    if (has_auto_changelog(lines))
        return {};
    auto changelog = std::find_if(lines.begin(), lines.end(), is("%changelog"));
    if (changelog == lines.end())
        return fail(Kind::input, "the spec file has no %changelog");
    std::optional<std::string> newest;
    for (auto line = changelog; line != lines.end() && !newest; ++line)
        newest = day_of(*line);
    if (!newest && !time)
        return fail(Kind::input, "the %changelog has no entry whose day the new one could have");
    std::optional<std::int64_t> before = newest ? time_of(*newest) : std::nullopt;
    const std::string day = time && (!before || *before <= *time) ? format_day(*time) : *newest;
    std::string entry = format_text("* {} {} <{}> - {}\n", day, action.person, action.email, evr);
    for (const std::string& text : action.texts)
        entry += wrapped(text) + "\n";
    lines.insert(changelog + 1, entry);
    return {};
}

} // namespace albs::fetch
