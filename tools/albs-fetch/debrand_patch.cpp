// SPDX-License-Identifier: GPL-3.0-or-later
// Source and Patch lines that are added to a spec file, and what applies a patch in the way the others are applied.
#include <algorithm>
#include <charconv>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_edit.hpp"

namespace albs::fetch {
namespace {

using Place = std::ptrdiff_t; ///< a line goes in before this one

struct Directive {
    std::string number; ///< empty: it has none
    Place after = 0;
};

bool begins(const std::string& line, std::string_view word)
{
    return line.starts_with(word) &&
           (line.size() == word.size() || std::isalnum(static_cast<unsigned char>(line[word.size()])) == 0);
}

bool ends_block(const std::string& line)
{
    return begins(line, "%endif") || begins(line, "popd");
}

bool begins_block(const std::string& line)
{
    return line.starts_with("%if") || line.starts_with("pushd");
}

/// The digits of "Patch12:".
std::optional<std::string> number_of(const std::string& line, std::string_view kind)
{
    if (!line.starts_with(kind))
        return std::nullopt;
    std::size_t end = line.find_first_not_of("0123456789", kind.size());
    if (end == line.npos || line[end] != ':')
        return std::nullopt;
    return line.substr(kind.size(), end - kind.size());
}

/// Goes over the lines from the last to the first, until FOUND takes one: it gets the line, and the place behind it, or
/// behind the condition that it stands in.
template <class Found> void from_the_end(const Lines& lines, const Found& found)
{
    std::optional<Place> block_end;
    for (Place i = static_cast<Place>(lines.size()) - 1; i >= 0; --i) {
        const std::string& line = lines[static_cast<std::size_t>(i)];
        if (ends_block(line))
            block_end = i + 1;
        else if (begins_block(line))
            block_end.reset();
        if (found(line, block_end.value_or(i + 1)))
            return;
    }
}

/// The last one of a kind.
std::optional<Directive> last_directive(const Lines& lines, std::string_view kind)
{
    std::optional<Directive> last;
    from_the_end(lines, [&](const std::string& line, Place after) {
        if (std::optional<std::string> number = number_of(line, kind))
            last = Directive{std::move(*number), after};
        return last.has_value();
    });
    return last;
}

enum class Way { classic, option, option_joined, kernel };

std::optional<Way> way_of(const std::string& line)
{
    const std::vector<std::string> words = split_words(line);
    if (words.empty())
        return std::nullopt;
    constexpr std::string_view patch = "%patch";
    const std::string& first = words.front();
    auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
    if (first.starts_with(patch) && first.size() > patch.size() && is_digit(first[patch.size()]))
        return Way::classic;
    if (first == patch && words.size() > 1 && words[1] == "-P")
        return Way::option;
    if (first == patch && words.size() > 1 && words[1].starts_with("-P"))
        return Way::option_joined;
    if (first.starts_with("ApplyPatch") || first.starts_with("ApplyOptionalPatch"))
        return Way::kernel;
    return std::nullopt;
}

struct Application {
    Way way = Way::option;
    Place after = 0;
};

/// How the last patch is applied, and where one more goes; else behind %setup.
std::optional<Application> application(const Lines& lines)
{
    std::optional<Application> last;
    from_the_end(lines, [&](const std::string& line, Place after) {
        if (std::optional<Way> way = way_of(line))
            last = Application{*way, after};
        return last.has_value();
    });
    if (last)
        return last;
    for (Place i = static_cast<Place>(lines.size()) - 1; i >= 0; --i)
        if (begins(lines[static_cast<std::size_t>(i)], "%setup"))
            return Application{Way::option, i + 1};
    return std::nullopt;
}

std::string apply_line(const Action& action, Way way, const std::string& number)
{
    // The name without its ending and its dots.
    std::string stem = action.file.substr(0, std::min(action.file.rfind('.'), action.file.size()));
    stem.erase(std::remove(stem.begin(), stem.end(), '.'), stem.end());
    if (way == Way::kernel)
        return format_text("ApplyPatch {}", action.file);
    std::string line = way == Way::classic  ? "%patch" + number
                       : way == Way::option ? "%patch -P " + number
                                            : "%patch -P" + number;
    return line + " -p1" + (action.backup ? " -b ." + stem : "");
}

bool has_line(const Lines& lines, const std::string& wanted)
{
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return lower_case(line) == lower_case(wanted); });
}

void insert(Lines& lines, Place place, const std::string& comment, bool marks, const std::string& line)
{
    Lines added;
    if (marks && !has_line(lines, comment))
        added.insert(added.end(), {"", comment});
    added.push_back(line);
    lines.insert(lines.begin() + place, added.begin(), added.end());
}

bool uses_autosetup(const Lines& lines)
{
    return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find("%autosetup") != line.npos || line.find("%forgeautosetup") != line.npos ||
               line.find("%autopatch") != line.npos;
    });
}

Result<std::string> next_number(const Lines& lines, const Action& action, const std::string& kind,
                                const Directive& last)
{
    if (last.number.empty())
        return std::string();
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(last.number.data(), last.number.data() + last.number.size(), number);
    if (error != std::errc() || number >= std::int64_t{1} << 31)
        return fail(Kind::input, format_text("'{}{}' has too large a number", kind, last.number));
    std::string wanted = std::to_string(action.number.value_or(number + 1));
    // A source of the same number may be deleted by a later action.
    for (const std::string& line : lines)
        if (action.is_patch && number_of(line, kind) == wanted)
            return fail(Kind::input, format_text("the spec file has '{}{}' already", kind, wanted));
    return wanted;
}

} // namespace

Status add_to_spec(Lines& lines, const Action& action, const PatchSeries& series)
{
    const std::string kind = action.is_patch ? "Patch" : "Source";
    std::optional<Directive> last = last_directive(lines, kind);
    if (!last)
        last = last_directive(lines, "Source");
    if (!last)
        return fail(Kind::input, format_text("there is no line '{}' that the new one could stand behind", kind));
    ALBS_TRY(std::string number, next_number(lines, action, kind, *last));
    insert(lines, last->after, "# AlmaLinux " + kind, action.marks, format_text("{}{}: {}", kind, number, action.file));
    if (!action.is_patch || series.has_a_file || (!series.is_kernel && uses_autosetup(lines)))
        return {};
    std::optional<Application> where = application(lines);
    if (!where)
        return fail(Kind::input, "the spec file has no %patch, %setup or %autosetup that the patch could go behind");
    const Way way = series.is_kernel ? Way::kernel : where->way;
    insert(lines, where->after, "# Applying AlmaLinux " + kind, action.marks, apply_line(action, way, number));
    return {};
}

} // namespace albs::fetch
