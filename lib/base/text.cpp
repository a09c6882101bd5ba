// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <algorithm>

namespace albs {

std::string lower_case(std::string_view text)
{
    std::string out(text);
    for (char& letter : out)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return out;
}

std::string upper_case(std::string_view text)
{
    std::string out(text);
    for (char& letter : out)
        if (letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
    return out;
}

std::string_view trimmed(std::string_view text, std::string_view blanks)
{
    const std::size_t start = text.find_first_not_of(blanks);
    return start == text.npos ? std::string_view() : text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

std::vector<std::string> split_words(std::string_view text)
{
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(white_space, at)) != text.npos) {
        std::size_t end = std::min(text.find_first_of(white_space, at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::vector<std::string> split_lines(std::string_view text)
{
    std::vector<std::string> lines;
    while (std::optional<std::string_view> line = take_line(text))
        lines.emplace_back(*line);
    if (!text.empty())
        lines.emplace_back(text);
    return lines;
}

std::optional<std::string_view> take_line(std::string_view& text)
{
    std::size_t end = text.find('\n');
    if (end == text.npos)
        return std::nullopt;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

} // namespace albs
