// SPDX-License-Identifier: GPL-3.0-or-later
// The resolution of plain scalars: YAML 1.1 and not yaml-cpp's 1.2, since both must understand a file alike.
#include "platform/yaml_scalar.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace albs::platform {
namespace {

/// In lower case, with a capital, or in capitals; "yEs" is text.
bool is_word(const std::string& text, std::string_view word)
{
    if (text.size() != word.size())
        return false;
    auto up = [](char letter) { return static_cast<char>(letter - 'a' + 'A'); };
    std::string capital(word);
    capital[0] = up(capital[0]);
    std::string capitals(word);
    std::transform(capitals.begin(), capitals.end(), capitals.begin(), up);
    return text == word || text == capital || text == capitals;
}

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/// 0 or a decimal number that does not begin with 0, with a sign or without.
bool is_integer(const std::string& text)
{
    std::size_t start = text[0] == '-' ? 1 : 0;
    std::size_t digits = text.size() - start;
    return digits > 0 && digits <= 15 && (text[start] != '0' || digits == 1) &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), is_digit);
}

/// Digits and what may stand among them in a number, a sexagesimal or a date: begins like one and has nothing else.
bool is_number(const std::string& text)
{
    if (text == ".inf" || text == "-.inf" || text == "+.inf" || text == ".nan")
        return true;
    std::size_t start = text[0] == '-' || text[0] == '+' ? 1 : 0;
    if (start == text.size())
        return false;
    if (text.compare(start, 2, "0x") == 0)
        return text.find_first_not_of("0123456789abcdefABCDEF_", start + 2) == text.npos && text.size() > start + 2;
    if (text.compare(start, 2, "0b") == 0)
        return text.find_first_not_of("01_", start + 2) == text.npos && text.size() > start + 2;
    if (!is_digit(text[start]) && !(text[start] == '.' && start + 1 < text.size() && is_digit(text[start + 1])))
        return false;
    if (text.find_first_not_of("0123456789_", start) == text.npos)
        return true;
    bool has_two_points = std::count(text.begin(), text.end(), '.') > 1;
    if (!has_two_points && text.find_first_not_of("0123456789_.:", start) == text.npos)
        return true;
    std::size_t exponent = text.find_first_of("eE", start);
    if (exponent != text.npos && !has_two_points)
        return text.find('.') < exponent && exponent + 2 < text.size() &&
               (text[exponent + 1] == '+' || text[exponent + 1] == '-') &&
               text.find_first_not_of("0123456789_.", start) == exponent &&
               text.find_first_not_of("0123456789", exponent + 2) == text.npos;
    // 2026-01-31
    return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
           text.find_first_not_of("0123456789-", start) == text.npos;
}

} // namespace

Value text_value(std::string text)
{
    Value value;
    value.type = Value::Type::text;
    value.text = std::move(text);
    return value;
}

Value plain_value(std::string text)
{
    Value value = text_value(std::move(text));
    if (value.text.empty() || value.text == "~" || is_word(value.text, "null")) {
        value.type = Value::Type::null;
        return value;
    }
    for (const char* word : {"true", "yes", "on", "false", "no", "off"})
        if (is_word(value.text, word)) {
            value.type = Value::Type::boolean;
            value.boolean = *word == 't' || *word == 'y' || std::string_view(word) == "on";
            return value;
        }
    if (is_integer(value.text)) {
        value.type = Value::Type::integer;
        value.integer = std::stoll(value.text);
    } else if (is_number(value.text))
        value.type = Value::Type::number;
    return value;
}

} // namespace albs::platform
