// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_pattern.hpp"

#include <cctype>
#include <regex.h>

#include "base/format.hpp"

namespace albs::fetch {
namespace {

constexpr std::size_t max_searched = 65536;
constexpr std::size_t max_groups = 10;

/// The pattern for regcomp(3). Kind::input for what it would take for something else than Python does.
Result<std::string> posix_pattern(const std::string& pattern)
{
    std::string all;
    bool in_brackets = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char letter = pattern[at];
        const char next = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
        if (letter == '\\') {
            if (in_brackets || next == '\0' ||
                (std::isalnum(static_cast<unsigned char>(next)) != 0 &&
                 std::string_view("dDwWsSbB").find(next) == std::string_view::npos))
                return fail(Kind::input, format_text("'\\{}' in '{}' is not known here", next, pattern));
            if (next == 'd' || next == 'D')
                all += next == 'd' ? "[0-9]" : "[^0-9]";
            else
                all.append({letter, next});
            ++at;
            continue;
        }
        const bool repeats = letter == '*' || letter == '+' || letter == '?' || letter == '}';
        if (!in_brackets && ((repeats && (next == '?' || next == '+')) || (letter == '(' && next == '?')))
            return fail(Kind::input, format_text("'{}{}' in '{}' is not known here", letter, next, pattern));
        if (!in_brackets && letter == '[') {
            in_brackets = true;
            const std::size_t first = pattern.find_first_not_of('^', at + 1);
            if (first != pattern.npos && pattern[first] == ']' && first <= at + 2) {
                all.append(pattern, at, first - at + 1);
                at = first;
                continue;
            }
        } else if (letter == ']')
            in_brackets = false;
        all += letter;
    }
    return all;
}

class Pattern {
public:
    Pattern() = default;
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;
    ~Pattern()
    {
        if (compiled_)
            ::regfree(&pattern_);
    }

    Status compile(const std::string& text)
    {
        ALBS_TRY(std::string posix, posix_pattern(text));
        compiled_ = ::regcomp(&pattern_, posix.c_str(), REG_EXTENDED) == 0;
        if (!compiled_)
            return fail(Kind::input, format_text("'{}' is no regular expression", text));
        return {};
    }
    std::size_t groups() const { return pattern_.re_nsub; }
    bool search(const std::string& line, std::size_t from, regmatch_t* match) const
    {
        match[0].rm_so = static_cast<regoff_t>(from);
        match[0].rm_eo = static_cast<regoff_t>(line.size());
        return ::regexec(&pattern_, line.c_str(), max_groups, match, REG_STARTEND | (from > 0 ? REG_NOTBOL : 0)) == 0;
    }

private:
    regex_t pattern_{};
    bool compiled_ = false;
};

/// match: null to see only whether it can be expanded.
Result<std::string> expand(const std::string& text, const std::string& line, std::size_t groups,
                           const regmatch_t* match)
{
    std::string all;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            all += text[at];
            continue;
        }
        const char next = text[++at];
        std::size_t group = max_groups;
        if (next >= '1' && next <= '9')
            group = static_cast<std::size_t>(next - '0');
        else if (next == 'g' && at + 3 < text.size() && text[at + 1] == '<' && text[at + 3] == '>' &&
                 std::isdigit(static_cast<unsigned char>(text[at + 2])) != 0) {
            group = static_cast<std::size_t>(text[at + 2] - '0');
            at += 3;
        } else if (next == 'n' || next == 't' || next == '\\')
            all += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
        else if (std::isalnum(static_cast<unsigned char>(next)) != 0)
            return fail(Kind::input, format_text("'\\{}' in a replacement is not known", next));
        else
            all.append({'\\', next});
        if (group == max_groups)
            continue;
        if (group > groups)
            return fail(Kind::input, format_text("the replacement names group {}, and there are {}", group, groups));
        if (match != nullptr && match[group].rm_so >= 0)
            all.append(line, static_cast<std::size_t>(match[group].rm_so),
                       static_cast<std::size_t>(match[group].rm_eo - match[group].rm_so));
    }
    return all;
}

} // namespace

Status check_pattern(const std::string& pattern, const std::string& replacement)
{
    Pattern compiled;
    ALBS_CHECK(compiled.compile(pattern));
    ALBS_TRY([[maybe_unused]] std::string nothing, expand(replacement, "", compiled.groups(), nullptr));
    return {};
}

Result<bool> replace_matches(std::string& line, const std::string& pattern, const std::string& replacement,
                             bool only_first)
{
    if (line.size() > max_searched)
        return fail(Kind::input, format_text("a line of more than {} bytes is not searched with rfind", max_searched));
    Pattern compiled;
    ALBS_CHECK(compiled.compile(pattern));
    regmatch_t match[max_groups] = {};
    std::string all;
    std::size_t at = 0;
    bool changed = false;
    while (at <= line.size() && !(changed && only_first) && compiled.search(line, at, match)) {
        const auto start = static_cast<std::size_t>(match[0].rm_so);
        const auto end = static_cast<std::size_t>(match[0].rm_eo);
        ALBS_TRY(std::string text, expand(replacement, line, compiled.groups(), match));
        all += line.substr(at, start - at) + text;
        changed = true;
        at = end;
        // A match of nothing is passed, with the letter behind it.
        if (start == end) {
            all += line.substr(at, 1);
            ++at;
        }
    }
    if (changed)
        line = at < line.size() ? all + line.substr(at) : all;
    return changed;
}

} // namespace albs::fetch
