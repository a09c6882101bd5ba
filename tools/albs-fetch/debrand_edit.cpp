// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_edit.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_pattern.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

std::string indent_of(const std::string& line)
{
    return line.substr(0, std::min(line.find_first_not_of(blanks), line.size()));
}

bool is_comment(const std::string& line)
{
    return line.starts_with('#');
}

/// Left of a count, of which -1 is without end.
class Left {
public:
    explicit Left(std::int64_t count) : count_(count) {}
    bool any() const { return count_ != 0; }
    void take()
    {
        if (count_ > 0)
            --count_;
    }

private:
    std::int64_t count_;
};

bool replace_words(std::string& line, const Action& action, Left& left)
{
    const std::string& find = action.find.front();
    Lines with = action.replacement;
    if (line != find)
        for (std::size_t i = 1; i < with.size(); ++i)
            if (!trimmed(with[i], blanks).empty())
                with[i].insert(0, indent_of(line));
    const std::string text = join(with, "\n");
    bool changed = false;
    for (std::size_t at = line.find(find); at != line.npos && left.any(); at = line.find(find, at + text.size())) {
        line.replace(at, find.size(), text);
        left.take();
        changed = true;
    }
    return changed;
}

/// How many lines stand there now; nothing: the block does not begin at that line.
std::optional<std::size_t> replace_block(Lines& lines, std::size_t at, const Lines& find, const Lines& with)
{
    auto same = [](const std::string& line, const std::string& wanted) {
        return line.substr(indent_of(line).size()) == wanted.substr(indent_of(wanted).size());
    };
    if (at + find.size() > lines.size() ||
        !std::equal(find.begin(), find.end(), lines.begin() + at,
                    [&](const std::string& wanted, const std::string& line) { return same(line, wanted); }))
        return std::nullopt;
    const std::string indent = indent_of(lines[at]);
    auto place = lines.erase(lines.begin() + at, lines.begin() + at + find.size());
    for (const std::string& line : with)
        place = lines.insert(place, indent + line) + 1;
    return with.size();
}

/// The number of the line that is looked at next, of `at`, where something was found or not.
Result<std::size_t> replace_at(Lines& lines, std::size_t at, const Action& action, Left& left, bool& changed)
{
    if (action.is_regular) {
        ALBS_TRY(bool one,
                 replace_matches(lines[at], action.find.front(), join(action.replacement, "\n"), action.count != -1));
        changed = changed || one;
        return at + 1;
    }
    if (action.find.size() == 1) {
        changed = replace_words(lines[at], action, left) || changed;
        return at + 1;
    }
    std::optional<std::size_t> there =
        left.any() ? replace_block(lines, at, action.find, action.replacement) : std::nullopt;
    if (!there)
        return at + 1;
    left.take();
    changed = true;
    return at + *there;
}

bool is_left_alone(const std::string& line, const Lines& find, bool is_spec)
{
    return is_spec && is_comment(line) && !is_comment(find.front());
}

bool ends_spec(const std::string& line, bool is_spec)
{
    return is_spec && trimmed(line, blanks) == "%changelog";
}

} // namespace

Lines lines_of(const std::string& text)
{
    if (text.find('\n') == text.npos)
        return {text};
    return split_lines(text);
}

Status replace(Lines& lines, const Action& action, bool is_spec)
{
    bool changed = false;
    Left left(action.count);
    for (std::size_t at = 0; at < lines.size() && !ends_spec(lines[at], is_spec);) {
        if (is_left_alone(lines[at], action.find, is_spec)) {
            ++at;
            continue;
        }
        ALBS_TRY(at, replace_at(lines, at, action, left, changed));
    }
    if (!changed)
        return fail(Kind::input, format_text("nothing matches '{}'", join(action.find, "\\n")));
    return {};
}

Status delete_block(Lines& lines, const std::string& block, bool is_spec)
{
    const Lines find = lines_of(block);
    bool changed = false;
    for (std::size_t at = 0; at < lines.size() && !ends_spec(lines[at], is_spec);) {
        bool is_it = !is_left_alone(lines[at], find, is_spec);
        if (is_it && find.size() == 1) {
            is_it = trimmed(lines[at], blanks) == trimmed(find.front(), blanks);
            if (is_it)
                lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
        } else if (is_it)
            is_it = replace_block(lines, at, find, {}).has_value();
        changed = changed || is_it;
        at += is_it ? 0 : 1;
    }
    if (!changed)
        return fail(Kind::input, format_text("nothing matches '{}'", join(find, "\\n")));
    return {};
}

Status modify_release(Lines& lines, const std::string& suffix)
{
    // The end of the macro that rpmautospec writes into a spec file.
    constexpr std::string_view made_by_rpmautospec = "}%{?-e:.%{-e*}}%{?-s:.%{-s*}}%{!?-n:%{?dist}}";
    bool is_found = false;
    bool is_auto = false;
    bool is_defined = false;
    for (std::string& line : lines) {
        const std::vector<std::string> words = split_words(line);
        is_defined = is_defined || (words.size() > 1 && (words[0] == "%define" || words[0] == "%global") &&
                                    words[1].starts_with("autorelease"));
        if (!line.starts_with("Release:"))
            continue;
        is_found = true;
        if (line.find("%autorelease") != line.npos || line.find("%{autorelease") != line.npos) {
            is_auto = true;
            continue;
        }
        line.erase(line.find_last_not_of(blanks) + 1);
        line += suffix;
    }
    if (!is_found)
        return fail(Kind::input, "the spec file has no line 'Release:'");
    if (!is_auto || !is_defined)
        return {};
    for (std::string& line : lines)
        if (line.find(made_by_rpmautospec) != line.npos) {
            line = std::string(made_by_rpmautospec) + suffix;
            return {};
        }
    return fail(Kind::input, "the spec file defines %autorelease in a way that is not known");
}

} // namespace albs::fetch
