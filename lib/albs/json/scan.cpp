// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/scan.hpp"

#include <algorithm>
#include <cstdint>

#include "albs/json/unescaped.hpp"
#include "base/format.hpp"
#include "base/utf8.hpp"

namespace albs {
namespace {

constexpr std::int64_t max_integer = (std::int64_t{1} << 53) - 1;

} // namespace

bool JsonScanner::refuse(const char* at, std::string why)
{
    at_ = at;
    problem_ = std::move(why);
    return false;
}

bool JsonScanner::expected(std::string_view what)
{
    return refuse(at_, "expected " + std::string(what) + ", found " + found());
}

std::string JsonScanner::found() const
{
    static constexpr char hex[] = "0123456789abcdef";
    if (at_ == end_)
        return "the end of the text";
    if (*at_ == '\0')
        return "a NUL byte";
    if (at_ == text_.data() && text_.starts_with("\xef\xbb\xbf"))
        return "a byte order mark";
    auto byte = static_cast<unsigned char>(*at_);
    if (byte > 0x20 && byte < 0x7f)
        return std::string("'") + *at_ + "'";
    return std::string("byte 0x") + hex[byte >> 4] + hex[byte & 15];
}

// Lines and the bytes of a line count from one. The end of the text is told as its last byte.
Error JsonScanner::error() const
{
    std::string_view before = text_.substr(0, static_cast<std::size_t>(at_ - text_.data()) + 1);
    auto line = 1 + std::count(before.begin(), before.end(), '\n');
    std::size_t column = std::max<std::size_t>(before.size() - (before.rfind('\n') + 1), 1);
    return {.kind = Kind::input, .message = format_text("line {}, column {}: {}", line, column, problem_), .hint = {}};
}

bool JsonScanner::word(std::string_view text, Json meaning, Json& out)
{
    if (!rest().starts_with(text))
        return expected("a value");
    at_ += text.size();
    out = std::move(meaning);
    return true;
}

/// Passes over the digits that are next; false when there is none.
bool JsonScanner::digits()
{
    const char* from = at_;
    while (next() >= '0' && next() <= '9')
        ++at_;
    return at_ != from;
}

bool JsonScanner::number(Json& out)
{
    const char* from = at_;
    bool negative = take('-');
    const char* first = at_;
    if (!digits())
        return expected(negative ? "a digit" : "a value");
    if (*first == '0' && at_ - first > 1)
        return refuse(from, "a number with a leading zero");
    std::int64_t sum = 0;
    for (const char* digit = first; digit != at_ && sum <= max_integer; ++digit)
        sum = sum * 10 + (*digit - '0');
    bool fraction = take('.');
    if (fraction && !digits())
        return expected("a digit");
    bool exponent = take('e') || take('E');
    if (exponent && !take('+'))
        take('-');
    if (exponent && !digits())
        return expected("a digit");
    std::string_view text(from, static_cast<std::size_t>(at_ - from));
    if (!fraction && !exponent && sum <= max_integer)
        out = Json(negative ? -sum : sum);
    else if (fractions_ == Fractions::keep)
        out = Json(text);
    else
        return refuse(from, "number '" + std::string(text.substr(0, max_quoted)) + "' is not an integer within 2^53-1");
    return true;
}

bool JsonScanner::string(JsonText& out)
{
    ++at_;
    const char* from = at_;
    at_ += unescaped_length(rest());
    std::string_view plain(from, static_cast<std::size_t>(at_ - from));
    if (take('"')) { // nearly every string stands for itself
        out = JsonText(plain);
        return true;
    }
    unescaped_ = plain;
    return rest_of_string(out);
}

bool JsonScanner::rest_of_string(JsonText& out)
{
    while (!take('"')) {
        if (next() == '\\') {
            if (!escape())
                return false;
        } else {
            std::size_t length = utf8_length(rest());
            if (at_end() || length == 1) // a control character
                return expected("the rest of a string");
            if (length == 0)
                return refuse(at_, "invalid UTF-8: " + found());
            unescaped_.append(at_, length);
            at_ += length;
        }
        std::size_t run = unescaped_length(rest());
        unescaped_.append(at_, run);
        at_ += run;
    }
    out = JsonText(unescaped_);
    return true;
}

bool JsonScanner::escape()
{
    static constexpr std::string_view names = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char* from = at_++;
    if (take('u'))
        return unicode_escape(from);
    std::size_t which = at_end() ? std::string_view::npos : names.find(*at_);
    if (which == std::string_view::npos)
        return expected("one of \"\\/bfnrtu");
    unescaped_ += meanings[which];
    ++at_;
    return true;
}

/// The character of \uXXXX, or of two that are a surrogate pair.
bool JsonScanner::unicode_escape(const char* from)
{
    char32_t unit = 0;
    char32_t low = 0;
    if (!code_unit(unit))
        return false;
    bool high = unit >= 0xd800 && unit < 0xdc00;
    if (high && rest().starts_with("\\u")) {
        at_ += 2;
        if (!code_unit(low))
            return false;
    }
    bool pair = high && low >= 0xdc00 && low < 0xe000;
    if (!pair && unit >= 0xd800 && unit < 0xe000)
        return refuse(from, "half of a surrogate pair");
    append_utf8(unescaped_, pair ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : unit);
    return true;
}

/// Four hexadecimal digits.
bool JsonScanner::code_unit(char32_t& out)
{
    static constexpr std::string_view values = "0123456789abcdef0123456789ABCDEF";
    out = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
        std::size_t digit = at_end() ? std::string_view::npos : values.find(*at_);
        if (digit == std::string_view::npos)
            return expected("four hexadecimal digits");
        out = out * 16 + static_cast<char32_t>(digit % 16);
    }
    return true;
}

} // namespace albs
