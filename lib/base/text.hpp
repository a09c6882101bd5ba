// SPDX-License-Identifier: GPL-3.0-or-later
// Words, lines and letters of plain text. Letters are those of ASCII, whatever the locale.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albs {

std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

constexpr std::string_view white_space = " \t\r\n";

/// The text without white space at both ends; blanks are the letters that count as such.
std::string_view trimmed(std::string_view text, std::string_view blanks = white_space);
/// What white space separates; no empty words.
std::vector<std::string> split_words(std::string_view text);
/// The lines without their newlines; empty ones, too. A last line may lack its newline.
std::vector<std::string> split_lines(std::string_view text);
/// Takes the first line off the text and returns it without its newline; nothing if there is no newline.
std::optional<std::string_view> take_line(std::string_view& text);

/// "a, b" from a list of texts and ", ".
template <class List> std::string join(const List& texts, std::string_view between)
{
    std::string all;
    bool is_first = true;
    for (const auto& text : texts) {
        if (!is_first)
            all += between;
        is_first = false;
        all += text;
    }
    return all;
}
/// "'a', 'b'", for messages.
template <class List> std::string join_quoted(const List& texts)
{
    return texts.empty() ? std::string() : "'" + join(texts, "', '") + "'";
}

} // namespace albs
