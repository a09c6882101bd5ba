// SPDX-License-Identifier: GPL-3.0-or-later
// tmpfiles.d(5) and sysusers.d(5).
#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "subject.hpp"

namespace albs::test {
namespace {

/// Words, some of them in quotes, as systemd splits a line.
std::vector<std::string> split_quoted(std::string_view line)
{
    std::vector<std::string> words;
    std::string word;
    char quote = 0;
    bool has_word = false;
    for (char c : line) {
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            has_word = true;
        } else if (quote == 0 && (c == ' ' || c == '\t')) {
            if (has_word)
                words.push_back(std::move(word));
            word.clear();
            has_word = false;
        } else {
            word += c;
            has_word = true;
        }
    }
    if (has_word)
        words.push_back(std::move(word));
    return words;
}

bool is_mode(std::string_view word)
{
    if (word == "-" || word.starts_with('~') || word.starts_with(':'))
        word.remove_prefix(1);
    if (word.starts_with('~') || word.starts_with(':'))
        word.remove_prefix(1);
    return word.size() <= 5 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '7'; });
}

/// Why a line is none; empty if it is one.
std::string fault_of_tmpfiles(const std::vector<std::string>& words)
{
    static constexpr std::string_view types = "fFwdDevqQpLcCbxXrRzZtThHaA";
    const std::string& type = words.front();
    if (types.find(type.front()) == types.npos ||
        type.find_first_not_of("+!-=~^$?", 1) != type.npos)
        return format_text("the type '{}'", type);
    if (words.size() < 2 || (!words[1].starts_with('/') && !words[1].starts_with('%')))
        return "no absolute path";
    if (words.size() > 2 && !is_mode(words[2]))
        return format_text("the mode '{}'", words[2]);
    return "";
}

std::string fault_of_sysusers(const std::vector<std::string>& words)
{
    static constexpr std::string_view types = "ugmr";
    const std::string& type = words.front();
    if (type.size() > 2 || types.find(type.front()) == types.npos ||
        (type.size() == 2 && type[1] != '!' && type[1] != '-'))
        return format_text("the type '{}'", type);
    if (words.size() < 2 || words[1].find_first_of(":/ ") != std::string::npos)
        return "no name";
    if ((type.front() == 'm' || type.front() == 'r') && words.size() < 3)
        return "no third word";
    if (type.front() != 'm' && words.size() > 2 && words[2] != "-" && !words[2].starts_with('/') &&
        words[2].find_first_not_of("0123456789:-abcdefghijklmnopqrstuvwxyz_") != std::string::npos)
        return format_text("the number '{}'", words[2]);
    if (type.front() == 'u' && words.size() > 4 && words[4] != "-" && !words[4].starts_with('/'))
        return format_text("the home directory '{}'", words[4]);
    return "";
}

} // namespace

void inspect_tmpfiles(const Subject& subject, Faults& faults)
{
    for (const auto& [path, text] : subject.contents.texts) {
        if (path.find("/tmpfiles.d/") == path.npos || !path.ends_with(".conf"))
            continue;
        faults.look_at("tmpfiles");
        for (const std::string& line : split_lines(text))
            if (const auto words = split_quoted(trimmed(line)); !words.empty() && !words.front().starts_with('#'))
                if (const std::string fault = fault_of_tmpfiles(words); !fault.empty())
                    faults.add("bad-tmpfiles", format_text("'{}' has {} in '{}'", path, fault, line.substr(0, 200)));
    }
}

void inspect_sysusers(const Subject& subject, Faults& faults)
{
    for (const auto& [path, text] : subject.contents.texts) {
        if (path.find("/sysusers.d/") == path.npos || !path.ends_with(".conf"))
            continue;
        faults.look_at("sysusers");
        for (const std::string& line : split_lines(text))
            if (const auto words = split_quoted(trimmed(line)); !words.empty() && !words.front().starts_with('#'))
                if (const std::string fault = fault_of_sysusers(words); !fault.empty())
                    faults.add("bad-sysusers", format_text("'{}' has {} in '{}'", path, fault, line.substr(0, 200)));
    }
}

} // namespace albs::test
