// SPDX-License-Identifier: GPL-3.0-or-later
#include "condition.hpp"

namespace albs::build {
namespace {

/// Where the word is, outside of inner parentheses; npos: nowhere.
std::size_t find_word(std::string_view text, std::string_view word)
{
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0 && text.substr(i).starts_with(word))
            return i;
    }
    return std::string_view::npos;
}

} // namespace

std::optional<std::string> condition_of(std::string_view need)
{
    constexpr std::string_view word = " if ";
    if (need.size() < 2 || need.front() != '(' || need.back() != ')')
        return std::nullopt;
    need = need.substr(1, need.size() - 2);
    const std::size_t at = find_word(need, word);
    if (at == std::string_view::npos || find_word(need, " else ") != std::string_view::npos)
        return std::nullopt;
    return std::string(need.substr(at + word.size()));
}

} // namespace albs::build
