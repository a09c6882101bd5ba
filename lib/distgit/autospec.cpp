// SPDX-License-Identifier: GPL-3.0-or-later
#include "distgit/autospec.hpp"

#include "base/text.hpp"

namespace albs::distgit {
namespace {

bool is_blank(char letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

std::string_view without_blanks(std::string_view line)
{
    while (!line.empty() && is_blank(line.front()))
        line.remove_prefix(1);
    return line;
}

/// %autorelease, %{autorelease -e x}, %{?autorelease}.
bool names_release(std::string_view line)
{
    for (std::size_t at = line.find('%'); at != line.npos; at = line.find('%', at + 1)) {
        std::string_view rest = line.substr(at + 1);
        const bool is_braced = rest.starts_with('{');
        if (is_braced)
            rest.remove_prefix(rest.starts_with("{?") ? 2 : 1);
        if (!rest.starts_with("autorelease"))
            continue;
        rest.remove_prefix(std::string_view("autorelease").size());
        if (is_braced ? rest.starts_with('}') || (!rest.empty() && is_blank(rest[0]) && rest.find('}') != rest.npos)
                      : rest.empty() || is_blank(rest[0]))
            return true;
    }
    return false;
}

bool names_changelog(std::string_view line)
{
    line = without_blanks(line);
    return line.starts_with("%autochangelog") || line.starts_with("%{autochangelog}") ||
           line.starts_with("%{?autochangelog}");
}

bool starts_changelog(std::string_view line)
{
    constexpr std::string_view word = "%changelog";
    return lower_case(line.substr(0, word.size())) == word &&
           (line.size() == word.size() || is_blank(line[word.size()]));
}

/// "%define autorelease(", which rpmautospec writes.
bool defines_release(std::string_view line)
{
    line = without_blanks(line);
    if (!line.starts_with("%define"))
        return false;
    std::string_view name = without_blanks(line.substr(std::string_view("%define").size()));
    return name.starts_with("autorelease") && without_blanks(name.substr(11)).starts_with("(");
}

} // namespace

bool uses_rpmautospec(std::string_view spec)
{
    bool is_used = false;
    bool is_before_changelog = true;
    for (const std::string& line : split_lines(spec)) {
        if (defines_release(line))
            return false;
        is_used = is_used || (is_before_changelog && names_release(line)) || names_changelog(line);
        is_before_changelog = is_before_changelog && !starts_changelog(line);
    }
    return is_used;
}

} // namespace albs::distgit
